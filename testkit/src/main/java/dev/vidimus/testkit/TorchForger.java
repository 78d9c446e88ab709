package dev.vidimus.testkit;

import java.nio.charset.StandardCharsets;

/// Makes files as `torch.save` writes them.
public final class TorchForger {
  private TorchForger() {}

  /// A state dictionary of vectors with four numbers each, in the ZIP container.
  public static byte[] stateDict(String... tensors) {
    PickleForger pickle = PickleForger.proto(2);
    pickle.global("collections", "OrderedDict").call().op('(');
    for (int i = 0; i < tensors.length; i++) {
      word(pickle, tensors[i]).global("torch._utils", "_rebuild_tensor_v2").op('(').op('(');
      word(pickle, "storage").global("torch", "FloatStorage");
      word(word(pickle, Integer.toString(i)), "cpu").number(4).op('t').op('Q');
      pickle.number(0).number(4).op(0x85).number(1).op(0x85).op(0x89);
      pickle.global("collections", "OrderedDict").call().op('t').op('R');
    }
    byte[] state = pickle.op('u').stop();
    ZipForger zip = ZipForger.of(ZipMember.of("archive/data.pkl", state));
    zip.add(ZipMember.of("archive/byteorder", "little"));
    for (int i = 0; i < tensors.length; i++) {
      zip.add(ZipMember.of("archive/data/" + i, new byte[16]));
    }
    return zip.add(ZipMember.of("archive/version", "3\n")).bytes();
  }

  /// `BINUNICODE`, which protocol 2 has.
  private static PickleForger word(PickleForger pickle, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return pickle.op('X').u32(bytes.length).raw(bytes);
  }
}
