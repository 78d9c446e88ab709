package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.testkit.Fixtures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The kernel as witness of what [NoEffectsTest] says of the Java code: the whole process of a scan
/// of all fixtures executes no program, makes no network call and changes nothing outside its
/// cache.
final class SystemCallTest {
  @TempDir Path folder;

  /// The names of system calls that make a process, reach a network or change a file system. Of
  /// those that open files, only calls that may write are of interest.
  private static final String CALLS =
      "execve,execveat,fork,vfork,clone,clone3,network,open,openat,openat2,creat,rename,renameat,"
          + "renameat2,unlink,unlinkat,mkdir,mkdirat,rmdir,link,linkat,symlink,symlinkat,mknod,"
          + "mknodat,truncate,chmod,fchmodat,chown,fchownat,utimensat,setxattr,ptrace,mount,bpf";

  private static final Pattern WRITES = Pattern.compile("O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)");

  @Test
  @Tag("client")
  void theKernelSeesNothingElse() throws Exception {
    Path cache = folder.resolve("cache");
    Path trace = folder.resolve("trace");
    List<String> command =
        List.of(
            "strace",
            "-f",
            "-s",
            "256",
            "-o",
            trace.toString(),
            "-e",
            "trace=" + CALLS,
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.vidimus.cli.Main",
            "scan",
            "--format",
            "jsonl",
            Fixtures.folder("scan").toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("XDG_CACHE_HOME", cache.toString());
    Process process =
        builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("ended in time").isTrue();
    assertThat(Files.readString(folder.resolve("out"))).contains("\"verdict\":\"malicious\"");
    var seen = new ArrayList<String>();
    int executed = 0;
    for (String line : Files.readAllLines(trace)) {
      String call = line.replaceFirst("^[0-9]+ +", "");
      if (call.startsWith("execve(")) {
        executed++;
      } else if (!isHarmless(call, cache)) {
        seen.add(line);
      }
    }
    assertThat(executed).as("programs executed, java itself included").isEqualTo(1);
    assertThat(seen).isEmpty();
  }

  private static boolean isHarmless(String call, Path cache) {
    if (call.startsWith("+++") || call.startsWith("---") || call.startsWith("<... ")) {
      return true; // ends, signals, and the results of calls whose begin was judged
    }
    if (call.startsWith("clone")) {
      return call.contains("CLONE_THREAD");
    }
    if (isOfTheVirtualMachine(call)) {
      return true;
    }
    if (call.startsWith("open")) {
      return !WRITES.matcher(call).find() || isAllowed(call, cache);
    }
    return isAllowed(call, cache);
  }

  /// What every Java process does when it starts, even to print its version: it keeps mapped files
  /// out of core dumps, asks the C library for the user's name, and with its first channel tries
  /// which kinds of sockets there are. No such socket is bound, connected or written to.
  private static boolean isOfTheVirtualMachine(String call) {
    boolean isNameService =
        call.startsWith("socket(AF_UNIX,")
            || (call.startsWith("connect(") && call.contains("\"/var/run/nscd/socket\""));
    boolean isTrial =
        call.startsWith("socket(AF_INET")
            || (call.startsWith("setsockopt(") && call.contains("SO_REUSEPORT"))
            || call.startsWith("getsockname(0,");
    return isNameService || isTrial || call.contains("\"/proc/self/coredump_filter\"");
  }

  private static boolean isAllowed(String call, Path cache) {
    return call.contains("\"" + cache) || call.contains("\"/dev/null\"");
  }
}
