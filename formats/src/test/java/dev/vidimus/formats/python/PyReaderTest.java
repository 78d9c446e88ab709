package dev.vidimus.formats.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PyReaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "x = 1 if a else 2\n",
        "def f(a, /, b: int = 1, *args, c=2, **kw) -> 'T':\n\treturn a\n",
        "async def f():\n  async with a as b, c: await d\n  async for x in y: yield x\n",
        "with (open(p) as f, open(q)):\n    pass\n",
        "try:\n  a\nexcept* (B, C) as e:\n  raise D from e\nelse: pass\nfinally: pass\n",
        "match x:\n"
            + "  case [1, *rest] if rest: pass\n"
            + "  case {'a': A(b=1) as c}: pass\n"
            + "  case _: pass\n",
        "match = 1\ncase: int = match(2)\nprint(match)\n",
        "type X[T: int] = list[T]\nclass C[T](B, metaclass=M): x: int = 1\n",
        "@a.b(c)\n@d\nclass E: ...\n",
        "[x async for y in z if y for x in y if not x]\n",
        "f = lambda *a, b=1, **k: (yield)\n",
        "a[1:2, ::3, ...] = b = c, *d\n",
        "if (n := len(a)) > 10: pass\nelif b: pass\nelse: pass\n",
        "from . import (a as b, c,)\nfrom ...d.e import *\nimport f.g as h, i\n",
        "s = rb'\\x' b'y' f'{a!r:>{width}} {b=} {{}}' '''\nx\n'''\n",
        "if a:\n    # only a comment\n\n    b\n# at the margin\n    c\n",
        "x = (1,\n  2)\ny = 1 + \\\n  2; z = 0x_ff + 1_0.5e-3j\n",
        "for i, (j, *k) in enumerate(l), m: continue\n",
        "def g(): return\nlambda: 0\nglobal q; del q, r; assert a, 'b'\n",
        "\ufeffx\r\ny\r",
        "",
      })
  void theGrammarOfPython3IsRead(String program) throws Exception {
    PyReader.read(program, "test.py");
  }

  @Test
  void expressionsInStringsAreExpressions() throws Exception {
    PyNode.Statement statement = (PyNode.Statement) read("f\"a{g('x')}\"\n").getFirst();
    assertThat(statement.head().getFirst().children())
        .hasSize(2)
        .last()
        .isInstanceOf(PyNode.Call.class);
  }

  @Test
  void importsNameModuleNameAndAlias() throws Exception {
    assertThat(read("from os import path as p\nimport a.b\n"))
        .containsExactly(
            new PyNode.Import(1, "os", "path", "p"), new PyNode.Import(2, "a.b", "", ""));
  }

  @Test
  void stringsSideBySideAreOne() throws Exception {
    PyNode.Statement statement = (PyNode.Statement) read("'a' \"\\x62\" r'\\n'\n").getFirst();
    assertThat(statement.head()).containsExactly(new PyNode.Text(1, "ab\\n"));
  }

  @Test
  void aProgramOfPython2IsMalformed() {
    assertThatThrownBy(() -> read("\nprint 'x'\n"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("test.py, line 2")
        .hasMessageContaining("a string does not belong here");
  }

  @Test
  void depthIsBounded() {
    for (String deep :
        List.of(
            "(".repeat(5000) + ")".repeat(5000),
            "a" + ".b".repeat(5000),
            "a" + "()".repeat(5000),
            "if a: ".repeat(5000) + "b",
            "lambda: ".repeat(5000) + "0",
            "f'{" + "f\"{".repeat(3000) + "}\"".repeat(3000) + "}'",
            "not ".repeat(5000) + "(".repeat(200))) {
      assertThatThrownBy(() -> read(deep + "\n")).isInstanceOf(FormatException.class);
    }
  }

  @Test
  void aLongSumIsWideAndNotDeep() throws Exception {
    assertThat(read("x = 1" + " + 1".repeat(100_000) + "\n")).hasSize(1);
  }

  private static List<PyNode> read(String program) throws FormatException {
    return PyReader.read(program, "test.py");
  }
}
