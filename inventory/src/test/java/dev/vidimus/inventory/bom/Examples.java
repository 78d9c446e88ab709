package dev.vidimus.inventory.bom;

import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// Bills of what models and applications look like.
final class Examples {
  private Examples() {}

  static Map<String, Bill> bills(Path folder) throws Exception {
    Map<String, Bill> bills = new LinkedHashMap<>();
    bills.put("adapter", Discovery.bill(Material.of(adapter(folder))));
    bills.put("application", Discovery.bill(Material.of(application(folder))));
    bills.put("weights", Discovery.bill(Material.of(weights(folder))));
    bills.put("nothing", Discovery.bill(Material.of(Files.createDirectory(folder.resolve("no")))));
    return bills;
  }

  static Path adapter(Path folder) throws IOException {
    Path model = Files.createDirectory(folder.resolve("adapter"));
    Files.writeString(model.resolve("adapter_model.safetensors"), "not read here");
    Files.writeString(
        model.resolve("adapter_config.json"),
        """
        {"base_model_name_or_path": "acme/base", "peft_type": "LORA", "r": 8, "lora_alpha": 16,
         "target_modules": ["v_proj", "q_proj"]}
        """);
    Files.writeString(
        model.resolve("config.json"),
        "{\"model_type\": \"llama\", \"architectures\": [\"LlamaForCausalLM\"]}");
    Files.writeString(model.resolve("chat_template.jinja"), "{{ messages }}");
    Files.writeString(
        model.resolve("README.md"),
        """
        ---
        license: apache-2.0
        base_model: acme/base
        base_model_relation: adapter
        datasets: [acme/corpus, other]
        model-index:
        - name: x
          results:
          - task: {type: text-generation}
            dataset: {name: d, type: d}
            metrics: [{type: accuracy, value: 0.5}]
        ---
        # Uses
        """);
    Files.writeString(
        model.resolve("requirements.txt"), "numpy==1.0 --hash=sha256:" + "ab".repeat(32) + "\n");
    return model;
  }

  private static Path application(Path folder) throws IOException {
    Path app = Files.createDirectory(folder.resolve("application"));
    Path locks = Fixtures.folder("bom").resolve("lock");
    Files.copy(locks.resolve("langgraph-uv.lock"), app.resolve("uv.lock"));
    Files.copy(locks.resolve("agent-bom-ui-package-lock.json"), app.resolve("package-lock.json"));
    Files.writeString(app.resolve("Dockerfile"), "FROM nvidia/cuda:12.4.1\n");
    return app;
  }

  private static Path weights(Path folder) throws IOException {
    return Files.writeString(folder.resolve("model \u00e4 & co.gguf"), "not read here");
  }
}
