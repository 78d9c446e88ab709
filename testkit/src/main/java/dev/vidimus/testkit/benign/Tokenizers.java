package dev.vidimus.testkit.benign;

import dev.vidimus.testkit.SentencePieceForger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// The files of ordinary tokenizers.
final class Tokenizers {
  private Tokenizers() {}

  /// Byte-level BPE, as GPT-2 and its successors have it.
  static BenignRepository bytePairs(BenignRepository repository, String folder, String eos) {
    return repository
        .json(
            folder + "tokenizer.json",
            "{'version':'1.0','truncation':null,'padding':null,'added_tokens':["
                + token(0, eos, true)
                + ","
                + token(1, "<|im_start|>", true)
                + ","
                + token(2, "<|im_end|>", true)
                + ","
                + token(3, "<tool_call>", false)
                + "],'normalizer':{'type':'NFC'},'pre_tokenizer':{'type':'ByteLevel',"
                + "'add_prefix_space':false,'trim_offsets':true,'use_regex':true},"
                + "'post_processor':{'type':'ByteLevel','add_prefix_space':true},"
                + "'decoder':{'type':'ByteLevel','add_prefix_space':true},"
                + "'model':{'type':'BPE','dropout':null,'unk_token':null,'vocab':{'!':4,'system':5,"
                + "'os':6,'eval':7,'exec':8,'__import__':9,'\u0120import':10,'{{':11,'}}':12},"
                + "'merges':['\u0120 i','e val','o s']}}")
        .with(folder + "ranks.tiktoken", "IQ== 0\nIg== 1\nIHRoZQ== 2\n")
        .json(folder + "vocab.json", "{'!':4,'system':5,'os':6,'eval':7,'rm':8,'-rf':9}")
        .with(folder + "merges.txt", "#version: 0.2\n\u0120 t\n\u0120 a\nh e\n")
        .json(
            folder + "special_tokens_map.json",
            "{'bos_token':'" + eos + "','eos_token':'" + eos + "','unk_token':'" + eos + "'}");
  }

  /// SentencePiece with bytes for what it does not know, as Llama has it.
  static BenignRepository pieces(BenignRepository repository, String folder) {
    SentencePieceForger model = SentencePieceForger.ordinary().userDefined("[INST]");
    for (int value = 0; value < 256; value++) {
      model.ofByte(value);
    }
    repository.with(folder + "tokenizer.model", model.normal("\u2581the").bytes());
    return repository
        .json(
            folder + "tokenizer.json",
            "{'version':'1.0','added_tokens':["
                + token(0, "<unk>", true)
                + ","
                + token(1, "<s>", true)
                + ","
                + token(2, "</s>", true)
                + "],'normalizer':{'type':'Sequence','normalizers':[{'type':'Prepend','prepend':'\u2581'},{'type':'Replace','pattern':{'String':'"
                + " '},'content':'\u2581'}]},'pre_tokenizer':null,'post_processor':{"
                + "'type':'TemplateProcessing','single':[{'SpecialToken':{'id':'<s>','type_id':0}},"
                + "{'Sequence':{'id':'A','type_id':0}}],'pair':[],'special_tokens':{'<s>':{"
                + "'id':'<s>','ids':[1],'tokens':['<s>']}}},'decoder':{'type':'Sequence','decoders':[{'type':'Replace','pattern':{'String':'\u2581'},'content':'"
                + " '},{'type':'ByteFallback'},{'type':'Fuse'},{'type':'Strip','content':'"
                + " ','start':1,"
                + "'stop':0}]},'model':{'type':'BPE','byte_fallback':true,'vocab':{'<unk>':0,'<s>':1,'</s>':2,'<0x00>':3},'merges':['\u2581"
                + " t']}}")
        .json(
            folder + "special_tokens_map.json",
            "{'bos_token':{'content':'<s>','lstrip':false,'normalized':false},"
                + "'eos_token':{'content':'</s>'},'unk_token':{'content':'<unk>'}}");
  }

  /// Word pieces, as BERT has them.
  static BenignRepository wordPieces(BenignRepository repository, String folder) {
    return repository
        .json(
            folder + "tokenizer.json",
            "{'version':'1.0','added_tokens':["
                + token(0, "[PAD]", true)
                + ","
                + token(101, "[CLS]", true)
                + ","
                + token(102, "[SEP]", true)
                + "],'normalizer':{'type':'BertNormalizer','clean_text':true,"
                + "'handle_chinese_chars':true,'strip_accents':null,'lowercase':true},"
                + "'pre_tokenizer':{'type':'BertPreTokenizer'},'post_processor':{"
                + "'type':'TemplateProcessing','single':[{'SpecialToken':{'id':'[CLS]','type_id':0}},"
                + "{'Sequence':{'id':'A','type_id':0}},{'SpecialToken':{'id':'[SEP]','type_id':0}}],"
                + "'special_tokens':{'[CLS]':{'id':'[CLS]','ids':[101],'tokens':['[CLS]']},"
                + "'[SEP]':{'id':'[SEP]','ids':[102],'tokens':['[SEP]']}}},"
                + "'decoder':{'type':'WordPiece','prefix':'##','cleanup':true},"
                + "'model':{'type':'WordPiece','unk_token':'[UNK]','vocab':{'[PAD]':0,'the':1}}}")
        .with(folder + "vocab.txt", "[PAD]\n[unused0]\n[CLS]\n[SEP]\nthe\nsystem\nexec\n##ing\n")
        .json(
            folder + "tokenizer_config.json",
            "{'do_lower_case':true,'model_max_length':512,'tokenizer_class':'BertTokenizer',"
                + "'unk_token':'[UNK]','sep_token':'[SEP]','pad_token':'[PAD]'}")
        .json(
            folder + "special_tokens_map.json",
            "{'unk_token':'[UNK]','sep_token':'[SEP]','pad_token':'[PAD]','cls_token':'[CLS]'}");
  }

  /// Unigrams with the table of SentencePiece, as T5 and XLM-R have them.
  static BenignRepository unigrams(BenignRepository repository, String folder) {
    String table = "\4\0\0\0\1\2\3\4Co.\0hPa\0(1)\0 \0TEL\0rad\u2215s\0\ufdfa\0";
    String base64 = Base64.getEncoder().encodeToString(table.getBytes(StandardCharsets.UTF_8));
    SentencePieceForger model = SentencePieceForger.ordinary().normal("\u2581the");
    model.userDefined("<extra_id_0>").normalizer("Co.", "hPa", "(1)", " ", "rad\u2215s");
    repository.with(folder + "spiece.model", model.bytes());
    return repository
        .json(
            folder + "tokenizer.json",
            "{'version':'1.0','added_tokens':["
                + token(0, "<pad>", true)
                + ","
                + token(1, "</s>", true)
                + ","
                + token(2, "<extra_id_0>", true)
                + "],'normalizer':{'type':'Sequence','normalizers':[{'type':'Precompiled',"
                + "'precompiled_charsmap':'"
                + base64
                + "'},{'type':'Replace','pattern':{'Regex':' {2,}'},'content':' '}]},"
                + "'pre_tokenizer':{'type':'Metaspace','replacement':'\u2581','prepend_scheme':"
                + "'always'},'post_processor':{'type':'TemplateProcessing','single':[],"
                + "'special_tokens':{'</s>':{'id':'</s>','ids':[1],'tokens':['</s>']}}},"
                + "'decoder':{'type':'Metaspace','replacement':'\u2581'},"
                + "'model':{'type':'Unigram','unk_id':2,'vocab':[['<pad>',0.0],['\u2581the',-3.2]]}}")
        .json(
            folder + "tokenizer_config.json",
            "{'model_max_length':512,'extra_ids':100,'tokenizer_class':'T5Tokenizer',"
                + "'eos_token':'</s>','pad_token':'<pad>','unk_token':'<unk>'}");
  }

  /// A configuration with a chat template.
  static BenignRepository chat(BenignRepository repository, String folder, String template) {
    String text =
        BenignRepository.resource(template + ".jinja")
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n");
    return repository.with(
        folder + "tokenizer_config.json",
        "{\"add_bos_token\": true, \"tokenizer_class\": \"PreTrainedTokenizerFast\","
            + " \"bos_token\": \"<s>\", \"eos_token\": \"</s>\", \"model_max_length\": 131072,"
            + " \"tokenizer_file\": \"/root/.cache/huggingface/hub/tokenizer.json\","
            + " \"chat_template\": \""
            + text
            + "\"}\n");
  }

  private static String token(int id, String content, boolean special) {
    return "{'id':"
        + id
        + ",'content':'"
        + content
        + "','single_word':false,'lstrip':false,'rstrip':false,'normalized':false,'special':"
        + special
        + "}";
  }
}
