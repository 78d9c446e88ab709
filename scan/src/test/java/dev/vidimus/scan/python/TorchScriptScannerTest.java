package dev.vidimus.scan.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchScriptScannerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "torch.save(x, '/tmp/a')",
        "ops.aten.save(x, '/tmp/a')",
        "(x).save('/tmp/a', )",
        "_0 = self.save('/tmp/a')",
        "_0 = torch.from_file('/etc/passwd', True, 100)",
        "_0 = getattr(torch, \"save\")",
        "_0 = ops.aten\n    _0.save(x, 'a')",
        "ops.image.write_file('a', x)",
        "_0 = rpc_async('other', f, (x,), {})",
      })
  void anOperatorOnFilesOrTheNetworkIsFoundHoweverItIsNamed(String line) throws IOException {
    assertThat(scan(forward(line)).findings())
        .extracting(Finding::rule)
        .containsOnly(TorchScriptRule.HARMFUL_OPERATOR.id());
  }

  @Test
  void whatLoadingCallsIsSaid() throws IOException {
    assertThat(
            scan("class M(Module):\n"
                    + "  def __setstate__(self, s: int) -> None:\n"
                    + "    torch.save(s, 'a')\n")
                .findings())
        .extracting(Finding::message)
        .containsExactly(
            "in \"__setstate__\", which loading calls at line 3: the operator \"save\" writes a"
                + " file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_0 = ops.evil.run(x)",
        "_0 = __torch__.torch.classes.evil.Engine(x)",
      })
  void aLibraryThatIsNotKnownIsFound(String line) throws IOException {
    assertThat(scan(forward(line)).findings())
        .extracting(Finding::rule)
        .containsExactly(TorchScriptRule.CUSTOM_OPERATOR.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "_0 = ops.quantized.linear(x, self._packed_params, 1., 0)",
        "_0 = ops.torchvision.nms(x, x, 0.5)",
        "_0 = __torch__.torch.classes.quantized.LinearPackedParamsBase",
        "ops.prim.RaiseException(\"save\", \"builtins.RuntimeError\")",
        "_0 = torch.add(x, CONSTANTS.c0, alpha=1)",
        "_0 = torch.__contains__(self.save, 1)",
      })
  void ordinaryOperatorsAreQuiet(String line) throws IOException {
    Inspection inspection = scan(forward(line));
    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.notExamined()).isEmpty();
  }

  @Test
  void aMethodOfTheModelItselfMayBeCalledSave() throws IOException {
    assertThat(
            scan(forward("_0 = self.save(x, )")
                    + "  def save(self, x: Tensor) -> Tensor:\n    return x\n")
                .findings())
        .isEmpty();
  }

  @Test
  void whatIsNoProgramIsNotExamined() throws IOException {
    assertThat(scan("class M(Module:\n").notExamined()).hasSize(1);
  }

  private static String forward(String line) {
    return "class M(Module):\n  __parameters__ = []\n  def forward(self: __torch__.M,\n"
        + "    x: Tensor) -> Tensor:\n    "
        + line
        + "\n    return x\n";
  }

  private static Inspection scan(String program) throws IOException {
    Spool spool = new Spool(Path.of("target", "spool"), 1 << 20);
    Inspection inspection =
        new Inspection(new ScanOptions(Limits.DEFAULT, false), spool, (target, it) -> {});
    Bytes bytes = Bytes.of(program.getBytes(StandardCharsets.UTF_8));
    new TorchScriptScanner()
        .scan(Target.file(bytes, Location.of("__torch__.py"), "__torch__.py"), inspection);
    return inspection;
  }
}
