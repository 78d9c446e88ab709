package dev.vidimus.testkit.benign;

import static dev.vidimus.testkit.OnnxForger.graph;
import static dev.vidimus.testkit.OnnxForger.node;

import dev.vidimus.testkit.GgufForger;
import dev.vidimus.testkit.Hdf5Forger;
import dev.vidimus.testkit.NpyForger;
import dev.vidimus.testkit.OnnxForger;
import dev.vidimus.testkit.PickleForger;
import dev.vidimus.testkit.ProtoForger;
import dev.vidimus.testkit.SafetensorsForger;
import dev.vidimus.testkit.TfliteForger;
import dev.vidimus.testkit.TorchForger;
import dev.vidimus.testkit.ZipForger;
import dev.vidimus.testkit.ZipMember;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Repositories as they are published by the thousands, one of each kind.
public final class BenignRepositories {
  /// Text models: architecture, model type, kind of tokenizer, chat template.
  private static final String[][] TEXT = {
    {"LlamaForCausalLM", "llama", "pieces", "llama2"},
    {"LlamaForCausalLM", "llama", "bytePairs", "llama3"},
    {"MistralForCausalLM", "mistral", "pieces", "mistral"},
    {"MixtralForCausalLM", "mixtral", "pieces", "mistral"},
    {"Qwen2ForCausalLM", "qwen2", "bytePairs", "chatml"},
    {"Qwen3ForCausalLM", "qwen3", "bytePairs", "qwen"},
    {"Qwen2VLForConditionalGeneration", "qwen2_vl", "bytePairs", "vision"},
    {"GemmaForCausalLM", "gemma", "pieces", "gemma"},
    {"Gemma2ForCausalLM", "gemma2", "pieces", "gemma"},
    {"Phi3ForCausalLM", "phi3", "pieces", "phi"},
    {"DeepseekV3ForCausalLM", "deepseek_v3", "bytePairs", "deepseek"},
    {"CohereForCausalLM", "cohere", "bytePairs", "commandr"},
    {"StableLmForCausalLM", "stablelm", "bytePairs", "zephyr"},
    {"GraniteForCausalLM", "granite", "bytePairs", "macro"},
    {"GPT2LMHeadModel", "gpt2", "bytePairs", ""},
    {"GPTNeoXForCausalLM", "gpt_neox", "bytePairs", ""},
    {"FalconForCausalLM", "falcon", "bytePairs", "zephyr"},
    {"OPTForCausalLM", "opt", "bytePairs", ""},
    {"BloomForCausalLM", "bloom", "bytePairs", ""},
    {"BertForMaskedLM", "bert", "wordPieces", ""},
    {"DistilBertForSequenceClassification", "distilbert", "wordPieces", ""},
    {"ElectraForPreTraining", "electra", "wordPieces", ""},
    {"RobertaForMaskedLM", "roberta", "bytePairs", ""},
    {"DebertaV2ForSequenceClassification", "deberta-v2", "unigrams", ""},
    {"XLMRobertaForTokenClassification", "xlm-roberta", "unigrams", ""},
    {"T5ForConditionalGeneration", "t5", "unigrams", ""},
    {"BartForConditionalGeneration", "bart", "bytePairs", ""},
    {"MarianMTModel", "marian", "unigrams", ""},
  };

  private static final String[][] SEEING_AND_HEARING = {
    {"ViTForImageClassification", "vit"},
    {"ResNetForImageClassification", "resnet"},
    {"DetrForObjectDetection", "detr"},
    {"SegformerForSemanticSegmentation", "segformer"},
    {"WhisperForConditionalGeneration", "whisper"},
    {"Wav2Vec2ForCTC", "wav2vec2"},
    {"CLIPModel", "clip"},
  };

  private BenignRepositories() {}

  /// All of them.
  public static List<BenignRepository> all() {
    List<BenignRepository> all = new ArrayList<>();
    for (int i = 0; i < TEXT.length; i++) {
      all.add(text(TEXT[i][0], TEXT[i][1], TEXT[i][2], TEXT[i][3], i % 3));
    }
    for (String[] one : SEEING_AND_HEARING) {
      all.add(seeing(one[0], one[1]));
    }
    for (String template : List.of("llama3", "qwen", "mistral", "gemma", "phi", "chatml")) {
      all.add(gguf(template));
    }
    all.add(splitGguf());
    for (String pipeline :
        List.of("StableDiffusionPipeline", "StableDiffusionXLPipeline", "FluxPipeline")) {
      all.add(diffusers(pipeline));
    }
    all.add(lora("stabilityai/stable-diffusion-xl-base-1.0", "UNet2DConditionModel"));
    all.add(lora("/home/me/models/llama", "CAUSAL_LM"));
    all.add(lora("acme/base-7b", "CAUSAL_LM"));
    for (boolean isNormalized : new boolean[] {true, false}) {
      all.add(sentences(isNormalized));
    }
    all.add(pipeline("sklearn.linear_model._logistic", "LogisticRegression"));
    all.add(pipeline("sklearn.ensemble._forest", "RandomForestClassifier"));
    all.add(pipeline("sklearn.svm._classes", "SVC"));
    all.addAll(keras());
    all.addAll(tensorflow());
    all.addAll(onnx());
    all.add(training());
    all.add(sources());
    all.add(space());
    all.add(ownCode());
    all.add(ownPipeline());
    return all;
  }

  /// @param weights 0: one file of safetensors; 1: shards with their index; 2: pickles
  private static BenignRepository text(
      String architecture, String type, String tokenizer, String template, int weights) {
    BenignRepository repository = new BenignRepository("transformers " + type + " " + template);
    repository
        .json(
            "config.json",
            "{'_name_or_path':'/home/me/checkpoints/"
                + type
                + "-step-4000','architectures':['"
                + architecture
                + "'],'model_type':'"
                + type
                + "','vocab_size':32000,'hidden_size':64,'torch_dtype':'bfloat16',"
                + "'rope_scaling':{'type':'yarn','factor':4.0},'id2label':{'0':'NEGATIVE','1':'eval'},"
                + "'transformers_version':'4.47.0','use_cache':true,'tie_word_embeddings':false}")
        .json(
            "generation_config.json",
            "{'bos_token_id':1,'eos_token_id':[2,3],'do_sample':true,'temperature':0.6}");
    switch (tokenizer) {
      case "pieces" -> Tokenizers.pieces(repository, "");
      case "wordPieces" -> Tokenizers.wordPieces(repository, "");
      case "unigrams" -> Tokenizers.unigrams(repository, "");
      default -> Tokenizers.bytePairs(repository, "", "<|endoftext|>");
    }
    if (!template.isEmpty()) {
      Tokenizers.chat(repository, "", template);
      repository.resourceAs("chat_template.jinja", template + ".jinja");
    }
    weights(repository, "", "model", weights);
    return repository;
  }

  private static void weights(BenignRepository repository, String folder, String stem, int kind) {
    if (kind == 0) {
      repository.with(folder + stem + ".safetensors", tensors("embed.weight", "lm_head.weight"));
    } else if (kind == 1) {
      String one = stem + "-00001-of-00002.safetensors";
      String two = stem + "-00002-of-00002.safetensors";
      repository
          .json(
              folder + stem + ".safetensors.index.json",
              "{'metadata':{'total_size':2},'weight_map':{'embed.weight':'"
                  + one
                  + "','lm_head.weight':'"
                  + two
                  + "'}}")
          .with(folder + one, tensors("embed.weight"))
          .with(folder + two, tensors("lm_head.weight"));
    } else {
      repository
          .with(
              folder + "pytorch_model.bin", TorchForger.stateDict("embed.weight", "lm_head.weight"))
          .with(folder + stem + ".safetensors", tensors("embed.weight", "lm_head.weight"));
    }
  }

  private static byte[] tensors(String... names) {
    StringBuilder header = new StringBuilder("{'__metadata__':{'format':'pt'}");
    for (int i = 0; i < names.length; i++) {
      header.append(",'").append(names[i]).append("':{'dtype':'U8','shape':[1],'data_offsets':[");
      header.append(i).append(',').append(i + 1).append("]}");
    }
    return SafetensorsForger.file(header.append('}').toString(), names.length);
  }

  private static BenignRepository seeing(String architecture, String type) {
    BenignRepository repository = new BenignRepository("transformers " + type);
    repository
        .json(
            "config.json",
            "{'architectures':['"
                + architecture
                + "'],'model_type':'"
                + type
                + "','num_labels':1000,'id2label':{'0':'tench, Tinca tinca'}}")
        .json(
            "preprocessor_config.json",
            "{'do_resize':true,'size':{'height':224,'width':224},'image_mean':[0.5,0.5,0.5],"
                + "'image_processor_type':'ViTImageProcessor','feature_extractor_type':"
                + "'WhisperFeatureExtractor'}");
    weights(repository, "", "model", 2);
    return repository;
  }

  private static BenignRepository gguf(String template) {
    BenignRepository repository = new BenignRepository("gguf " + template);
    for (String kind : List.of("Q4_K_M", "Q8_0", "F16")) {
      repository.with("net-" + kind + ".gguf", gguf(template, kind));
    }
    return repository
        .json("config.json", "{'model_type':'llama'}")
        .with("Modelfile.txt", "FROM ./net-Q4_K_M.gguf\nPARAMETER stop \"<|im_end|>\"\n");
  }

  private static byte[] gguf(String template, String kind) {
    return GgufForger.gguf()
        .string("general.architecture", "llama")
        .string("general.name", "Net " + kind)
        .string("general.license", "apache-2.0")
        .string("tokenizer.ggml.model", "gpt2")
        .strings("tokenizer.ggml.tokens", "<s>", "</s>", "import os", "eval(", "{{", "}}")
        .string("tokenizer.chat_template", BenignRepository.resource(template + ".jinja"))
        .tensor("token_embd.weight", 0, 0, 4)
        .data(32)
        .bytes();
  }

  private static BenignRepository splitGguf() {
    BenignRepository repository = new BenignRepository("gguf in parts");
    for (int i = 1; i <= 3; i++) {
      repository.with("Q8_0/net-0000" + i + "-of-00003.gguf", gguf("llama3", "Q8_0"));
    }
    return repository;
  }

  private static BenignRepository diffusers(String pipeline) {
    BenignRepository repository = new BenignRepository("diffusers " + pipeline);
    repository
        .json(
            "model_index.json",
            "{'_class_name':'"
                + pipeline
                + "','_diffusers_version':'0.30.0','feature_extractor':[null,null],"
                + "'scheduler':['diffusers','EulerDiscreteScheduler'],"
                + "'text_encoder':['transformers','CLIPTextModel'],"
                + "'tokenizer':['transformers','CLIPTokenizer'],"
                + "'unet':['diffusers','UNet2DConditionModel'],'vae':['diffusers','AutoencoderKL'],"
                + "'safety_checker':['stable_diffusion','StableDiffusionSafetyChecker'],"
                + "'force_zeros_for_empty_prompt':true}")
        .json(
            "scheduler/scheduler_config.json",
            "{'_class_name':'EulerDiscreteScheduler','beta_schedule':'scaled_linear'}")
        .json("text_encoder/config.json", "{'architectures':['CLIPTextModel']}")
        .json("safety_checker/config.json", "{'_name_or_path':'CompVis/safety-checker'}")
        .json("unet/config.json", "{'_class_name':'UNet2DConditionModel','in_channels':4}")
        .json("vae/config.json", "{'_class_name':'AutoencoderKL','latent_channels':4}");
    Tokenizers.bytePairs(repository, "tokenizer/", "<|endoftext|>");
    weights(repository, "text_encoder/", "model", 0);
    weights(repository, "safety_checker/", "model", 0);
    weights(repository, "unet/", "diffusion_pytorch_model", 1);
    weights(repository, "vae/", "diffusion_pytorch_model", 0);
    return repository;
  }

  private static BenignRepository lora(String base, String task) {
    return new BenignRepository("peft of " + base)
        .json(
            "adapter_config.json",
            "{'base_model_name_or_path':'"
                + base
                + "','bias':'none','peft_type':'LORA','r':16,'revision':null,'task_type':'"
                + task
                + "','target_modules':['q_proj','v_proj'],'auto_mapping':null}")
        .with("adapter_model.safetensors", tensors("a.lora_A.weight", "a.lora_B.weight"));
  }

  private static BenignRepository sentences(boolean isNormalized) {
    BenignRepository repository =
        new BenignRepository("sentence-transformers" + (isNormalized ? " normalized" : ""));
    String last =
        isNormalized
            ? ",{'idx':2,'name':'2','path':'2_Normalize',"
                + "'type':'sentence_transformers.models.Normalize'}"
            : "";
    repository
        .json(
            "modules.json",
            "[{'idx':0,'name':'0','path':'','type':'sentence_transformers.models.Transformer'},"
                + "{'idx':1,'name':'1','path':'1_Pooling',"
                + "'type':'sentence_transformers.models.Pooling'}"
                + last
                + "]")
        .json("1_Pooling/config.json", "{'word_embedding_dimension':384}")
        .json("sentence_bert_config.json", "{'max_seq_length':256,'do_lower_case':false}")
        .json(
            "config_sentence_transformers.json",
            "{'__version__':{'sentence_transformers':'3.0.0','transformers':'4.41.0'},"
                + "'prompts':{'query':'Represent this sentence for searching: '}}")
        .json("config.json", "{'architectures':['BertModel'],'model_type':'bert'}");
    Tokenizers.wordPieces(repository, "");
    weights(repository, "", "model", isNormalized ? 2 : 0);
    return repository;
  }

  private static BenignRepository pipeline(String module, String name) {
    PickleForger pickle = PickleForger.proto(4);
    pickle.stackGlobal("sklearn.pipeline", "Pipeline").op(')').op(0x81).op('}').op('(');
    pickle.text("steps").op(']').op('(');
    pickle.text("scaler").stackGlobal("sklearn.preprocessing._data", "StandardScaler");
    state(pickle).op(0x86);
    pickle.text("model").stackGlobal(module, name);
    state(pickle).op(0x86).op('e');
    byte[] bytes = pickle.text("_sklearn_version").text("1.5.0").op('u').op('b').stop();
    return new BenignRepository("sklearn " + name)
        .with("model.pkl", bytes)
        .json("config.json", "{'sklearn':{'model':{'file':'model.pkl'},'task':'tabular'}}")
        .with("requirements.txt", "scikit-learn==1.5.0\nnumpy>=1.26,<3\njoblib\n");
  }

  private static PickleForger state(PickleForger pickle) {
    return pickle
        .op(')')
        .op(0x81)
        .op('}')
        .op('(')
        .text("n_features_in_")
        .number(4)
        .text("_sklearn_version")
        .text("1.5.0")
        .op('u')
        .op('b');
  }

  private static List<BenignRepository> keras() {
    String layers =
        "{'module':'keras','class_name':'Sequential','config':{'name':'net','layers':[{'module':"
            + "'keras.layers','class_name':'Dense','config':{'name':'dense','units':4,'activation':"
            + "'relu','kernel_initializer':{'module':'keras.initializers','class_name':"
            + "'GlorotUniform','config':{'seed':null},'registered_name':null}},"
            + "'registered_name':null}]},'registered_name':null}";
    String json = layers.replace('\'', '"');
    byte[] weights = Hdf5Forger.hdf5().attribute("name", "net").bytes();
    byte[] whole =
        ZipForger.of(
                ZipMember.of(
                    "metadata.json", "{\"keras_version\": \"3.3.3\", \"date_saved\": \"x\"}"),
                ZipMember.of("config.json", json),
                ZipMember.of("model.weights.h5", weights))
            .bytes();
    return List.of(
        new BenignRepository("keras v3")
            .with("model.keras", whole)
            .json("metadata.json", "{'keras_version':'3.3.3','date_saved':'2024-05-01'}"),
        new BenignRepository("keras hdf5")
            .with(
                "model.h5",
                Hdf5Forger.hdf5()
                    .attribute("model_config", json)
                    .attribute("keras_version", "2.15.0")
                    .attribute("backend", "tensorflow")
                    .bytes()),
        new BenignRepository("keras weights and numpy")
            .with("weights.h5", weights)
            .with("mean.npy", NpyForger.array("'<f4'", "(2,)", new byte[8])));
  }

  private static List<BenignRepository> tensorflow() {
    ProtoForger graph = ProtoForger.message();
    for (String type :
        List.of("Placeholder", "VarHandleOp", "MatMul", "Relu", "StatefulPartitionedCall")) {
      graph.inside(1, ProtoForger.message().text(1, type.toLowerCase(Locale.ROOT)).text(2, type));
    }
    byte[] saved =
        ProtoForger.message()
            .number(1, 1)
            .inside(
                2,
                ProtoForger.message()
                    .inside(1, ProtoForger.message().text(4, "serve"))
                    .inside(2, graph))
            .bytes();
    return List.of(
        new BenignRepository("tensorflow SavedModel")
            .with("saved_model.pb", saved)
            .with("assets/vocab.txt", "the\nsystem\n"),
        new BenignRepository("tflite")
            .with("model.tflite", TfliteForger.tflite().bytes())
            .with("labels.txt", "cat\ndog\n"),
        new BenignRepository("tflite beside keras")
            .with("model.tflite", TfliteForger.tflite().bytes())
            .with("model.h5", Hdf5Forger.hdf5().attribute("name", "net").bytes()));
  }

  private static List<BenignRepository> onnx() {
    byte[] plain =
        OnnxForger.model(graph(node("MatMul"), node("Relu"), node("com.microsoft", "Gelu")))
            .bytes();
    byte[] outside =
        OnnxForger.model(graph(node("MatMul")).inside(5, OnnxForger.external("model.onnx_data")))
            .bytes();
    BenignRepository browser =
        new BenignRepository("onnx for browsers")
            .json("config.json", "{'model_type':'bert','architectures':['BertModel']}")
            .with("onnx/model.onnx", plain)
            .with("onnx/model_quantized.onnx", plain);
    Tokenizers.wordPieces(browser, "");
    return List.of(
        browser,
        new BenignRepository("onnx with its data beside it")
            .with("model.onnx", outside)
            .with("model.onnx_data", new byte[64]),
        new BenignRepository("optimum")
            .json("config.json", "{'model_type':'distilbert'}")
            .json("ort_config.json", "{'optimization':{},'quantization':{'is_static':false}}")
            .with("model.onnx", plain));
  }

  private static BenignRepository training() {
    BenignRepository repository = new BenignRepository("checkpoint of a trainer");
    repository
        .json("config.json", "{'model_type':'gpt2','architectures':['GPT2LMHeadModel']}")
        .json(
            "trainer_state.json",
            "{'best_metric':null,'global_step':500,'log_history':[{'loss':2.1,'step':100}]}")
        .json("all_results.json", "{'epoch':3.0,'eval_loss':1.9,'perplexity':6.7}")
        .with("optimizer.pt", TorchForger.stateDict("exp_avg"))
        .with("scheduler.pt", TorchForger.stateDict("last_lr"));
    Tokenizers.bytePairs(repository, "", "<|endoftext|>");
    weights(repository, "", "model", 0);
    return repository;
  }

  private static BenignRepository sources() {
    BenignRepository repository = new BenignRepository("model with its scripts");
    repository
        .resourceAs("train.py", "train.py")
        .resourceAs("scripts/convert.py", "convert.py")
        .with("scripts/__init__.py", "")
        .with(
            "requirements.txt",
            "torch>=2.1\ntransformers~=4.40\n--extra-index-url"
                + " https://download.pytorch.org/whl/cu121\n")
        .json("config.json", "{'model_type':'gpt2'}");
    weights(repository, "", "model", 0);
    return repository;
  }

  private static BenignRepository space() {
    return new BenignRepository("demonstration")
        .resourceAs("app.py", "app.py")
        .with("requirements.txt", "gradio==4.44.0\ntorch\ntransformers # newest\n");
  }

  private static BenignRepository ownCode() {
    BenignRepository repository = new BenignRepository("transformers with its own code");
    repository
        .json(
            "config.json",
            "{'architectures':['NetForCausalLM'],'auto_map':{'AutoConfig':"
                + "'configuration_net.NetConfig','AutoModelForCausalLM':"
                + "'modeling_net.NetForCausalLM'},'model_type':'net'}")
        .resourceAs("modeling_net.py", "modeling_net.py")
        .resourceAs("configuration_net.py", "configuration_net.py");
    Tokenizers.bytePairs(repository, "", "<|endoftext|>");
    weights(repository, "", "model", 0);
    return repository.running();
  }

  private static BenignRepository ownPipeline() {
    BenignRepository repository = new BenignRepository("diffusers with its own pipeline");
    repository
        .json(
            "model_index.json",
            "{'_class_name':['pipeline_net','NetPipeline'],'unet':['diffusers',"
                + "'UNet2DModel']}")
        .resourceAs("pipeline_net.py", "pipeline_net.py")
        .json("unet/config.json", "{'_class_name':'UNet2DModel'}");
    weights(repository, "unet/", "diffusion_pytorch_model", 0);
    return repository.running();
  }
}
