package dev.vidimus.scan.python;

import java.util.Set;

/// Functions of Python by what calling them does.
final class Functions {
  /// They run the text or code that they are given.
  private static final Set<String> CODE =
      Set.of(
          "exec",
          "eval",
          "compile",
          "execfile",
          "builtins.exec",
          "builtins.eval",
          "builtins.compile",
          "__builtins__.exec",
          "__builtins__.eval",
          "__builtins__.compile",
          "types.FunctionType",
          "types.CodeType",
          "code.InteractiveInterpreter",
          "runpy.run_path");

  private static final Set<String> PROCESS =
      Set.of(
          "os.system",
          "os.popen",
          "os.startfile",
          "posix.system",
          "nt.system",
          "pty.spawn",
          "commands.getoutput",
          "commands.getstatusoutput",
          "subprocess.run",
          "subprocess.call",
          "subprocess.check_call",
          "subprocess.check_output",
          "subprocess.Popen",
          "subprocess.getoutput",
          "subprocess.getstatusoutput",
          "asyncio.create_subprocess_exec",
          "asyncio.create_subprocess_shell",
          "asyncio.subprocess.create_subprocess_shell",
          "pexpect.spawn",
          "sh.bash",
          "pip.main",
          "pip._internal.main");

  private static final Set<String> DECODERS =
      Set.of(
          "base64.b64decode",
          "base64.standard_b64decode",
          "base64.urlsafe_b64decode",
          "base64.b32decode",
          "base64.b16decode",
          "base64.b85decode",
          "base64.a85decode",
          "base64.decodebytes",
          "base64.decodestring",
          "binascii.unhexlify",
          "binascii.a2b_hex",
          "binascii.a2b_base64",
          "bytes.fromhex",
          "bytearray.fromhex",
          "codecs.decode",
          "zlib.decompress",
          "gzip.decompress",
          "bz2.decompress",
          "lzma.decompress",
          "marshal.loads");

  private static final Set<String> DOWNLOADS =
      Set.of(
          "urllib.request.urlopen",
          "urllib.urlopen",
          "urllib2.urlopen",
          "requests.get",
          "requests.post",
          "requests.request",
          "requests.Session",
          "httpx.get",
          "httpx.post",
          "httpx.request",
          "httpx.Client",
          "aiohttp.request",
          "urllib3.request",
          "urllib3.PoolManager",
          "http.client.HTTPConnection",
          "http.client.HTTPSConnection",
          "socket.socket",
          "socket.create_connection");

  private static final Set<String> OTHER_NETWORK =
      Set.of(
          "urllib.request.urlretrieve",
          "urllib.urlretrieve",
          "wget.download",
          "requests.put",
          "requests.patch",
          "httpx.put",
          "aiohttp.ClientSession",
          "smtplib.SMTP",
          "smtplib.SMTP_SSL",
          "ftplib.FTP",
          "telnetlib.Telnet",
          "paramiko.SSHClient");

  private static final Set<String> HOLDERS =
      Set.of("os", "builtins", "__builtins__", "subprocess", "posix", "nt", "pty");

  private Functions() {}

  static boolean runsText(String path) {
    return CODE.contains(path);
  }

  static boolean startsProgram(String path) {
    return PROCESS.contains(path)
        || path.startsWith("os.exec")
        || path.startsWith("os.spawn")
        || path.startsWith("os.posix_spawn");
  }

  static boolean decodes(String path) {
    return DECODERS.contains(path);
  }

  static boolean downloads(String path) {
    return DOWNLOADS.contains(path);
  }

  static boolean usesNetwork(String path) {
    return DOWNLOADS.contains(path) || OTHER_NETWORK.contains(path);
  }

  /// True of a module whose functions are dangerous, so that taking one by a computed name is too.
  static boolean isHolder(String path) {
    return HOLDERS.contains(path);
  }
}
