package dev.vidimus.scan.whole;

import java.util.Set;

/// Modules that come with Python, and those by which loaders begin.
final class StandardLibrary {
  private static final Set<String> MODULES =
      Set.of(
          ("__future__ abc aifc argparse array ast asynchat asyncio asyncore atexit base64 bdb"
                  + " binascii bisect builtins bz2 calendar cgi cgitb chunk cmath cmd code codecs"
                  + " codeop collections colorsys compileall concurrent configparser contextlib"
                  + " contextvars copy copyreg cProfile crypt csv ctypes curses dataclasses"
                  + " datetime dbm decimal difflib dis distutils doctest email encodings ensurepip"
                  + " enum errno faulthandler fcntl filecmp fileinput fnmatch fractions ftplib"
                  + " functools gc getopt getpass gettext glob graphlib grp gzip hashlib heapq hmac"
                  + " html http imaplib imghdr imp importlib inspect io ipaddress itertools json"
                  + " keyword lib2to3 linecache locale logging lzma mailbox mailcap marshal math"
                  + " mimetypes mmap modulefinder multiprocessing netrc nntplib ntpath numbers"
                  + " opcode operator optparse os pathlib pdb pickle pickletools pipes pkgutil"
                  + " platform plistlib poplib posix posixpath pprint profile pstats pty pwd"
                  + " py_compile pyclbr pydoc queue quopri random re readline reprlib resource"
                  + " rlcompleter runpy sched secrets select selectors shelve shlex shutil signal"
                  + " site smtplib sndhdr socket socketserver sqlite3 ssl stat statistics string"
                  + " stringprep struct subprocess sunau symtable sys sysconfig syslog tabnanny"
                  + " tarfile telnetlib tempfile termios textwrap threading time timeit tkinter"
                  + " token tokenize tomllib trace traceback tracemalloc tty turtle types typing"
                  + " unicodedata unittest urllib uu uuid venv warnings wave weakref webbrowser"
                  + " winreg winsound wsgiref xdrlib xml xmlrpc zipapp zipfile zipimport zlib"
                  + " zoneinfo")
              .split(" "));

  /// What a program that loads a model imports early, by a name that the current folder can take.
  private static final Set<String> SHADOWED =
      Set.of(
          "sitecustomize",
          "usercustomize",
          "torch",
          "numpy",
          "transformers",
          "safetensors",
          "tokenizers",
          "huggingface_hub",
          "diffusers",
          "sentence_transformers",
          "accelerate",
          "peft",
          "tensorflow",
          "keras",
          "onnx",
          "onnxruntime",
          "joblib",
          "sklearn",
          "json",
          "pickle",
          "random",
          "zipfile",
          "struct",
          "re",
          "logging",
          "tempfile",
          "subprocess",
          "urllib",
          "ssl",
          "socket",
          "typing",
          "collections",
          "functools",
          "inspect",
          "importlib",
          "pathlib",
          "shutil",
          "hashlib",
          "contextlib",
          "warnings",
          "threading",
          "datetime",
          "enum",
          "copy",
          "types");

  private StandardLibrary() {}

  static boolean has(String module) {
    return MODULES.contains(module);
  }

  /// Whether a module of this name in the current folder is imported in place of the real one.
  static boolean isShadowed(String module) {
    return SHADOWED.contains(module);
  }
}
