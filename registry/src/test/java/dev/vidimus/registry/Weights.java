package dev.vidimus.registry;

import dev.vidimus.registry.intake.LocalSource;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.scan.Meter;
import dev.vidimus.testkit.SafetensorsForger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// Models of one matrix, and how they come into a firm.
final class Weights {
  private static final int ROWS = 64;
  private static final int COLUMNS = 64;

  private Weights() {}

  /// Different for each seed.
  static float[] noise(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[ROWS * COLUMNS];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  /// The same, trained a little further.
  static float[] tuned(float[] base, long seed) {
    float[] values = noise(seed);
    for (int i = 0; i < values.length; i++) {
      values[i] = base[i] + 0.01f * values[i];
    }
    return values;
  }

  static byte[] f32(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return file("F32", bytes.array());
  }

  /// Rounded to the nearest, ties to even.
  static byte[] bf16(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 2).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      int bits = Float.floatToRawIntBits(value);
      bytes.putShort((short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16));
    }
    return file("BF16", bytes.array());
  }

  private static byte[] file(String type, byte[] data) {
    String header =
        "{'model.layers.0.mlp.up_proj.weight':{'dtype':'"
            + type
            + "','shape':["
            + ROWS
            + ','
            + COLUMNS
            + "],'data_offsets':[0,"
            + data.length
            + "]}}";
    return SafetensorsForger.file(header, data);
  }

  /// A folder with weights and a card.
  static Path folder(Firm firm, String name, byte[] weights, String card) throws Exception {
    Path folder = firm.folder().resolve("models").resolve(name);
    Files.createDirectories(folder);
    Files.write(folder.resolve("model.safetensors"), weights);
    if (!card.isEmpty()) {
      Files.writeString(folder.resolve("README.md"), "---\n" + card + "\n---\n# A model\n");
    }
    return folder;
  }

  static Registry.Admitted admit(Firm firm, Actor actor, String name, Path folder)
      throws Exception {
    return firm.registry()
        .admit(
            new Registry.Request(actor.id(), name, "production"),
            staging -> LocalSource.fetch(folder, folder.toString(), staging),
            new Meter());
  }

  static Registry.Admitted admit(Firm firm, Actor actor, String name, byte[] weights, String card)
      throws Exception {
    return admit(firm, actor, name, folder(firm, name, weights, card));
  }
}
