from transformers import PretrainedConfig


class NetConfig(PretrainedConfig):
    model_type = "net"

    def __init__(self, vocab_size=32000, hidden_size=512, num_hidden_layers=8, num_attention_heads=8, **kwargs):
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.num_hidden_layers = num_hidden_layers
        self.num_attention_heads = num_attention_heads
        super().__init__(**kwargs)
