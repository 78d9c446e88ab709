package dev.vidimus.scan;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Report;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.scan.inspection.Reference;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The outcome of scanning a file as bytes, to be kept. What is reconstructed of pickles is left
/// out, and so is the file's path, which whoever reads it knows.
final class KeptResult {
  private static final int FORM = 1;

  private KeptResult() {}

  static byte[] write(ScannedFile scanned) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      Report report = scanned.report();
      out.writeInt(FORM);
      text(out, report.format());
      out.writeLong(report.bytes());
      out.writeLong(scanned.dropped());
      out.writeInt(report.findings().size());
      for (Finding finding : report.findings()) {
        text(out, finding.rule().text());
        text(out, finding.level().name());
        text(out, finding.implies().name());
        place(out, finding.location());
        text(out, finding.message());
        text(out, finding.evidence());
        text(out, finding.fix());
      }
      out.writeInt(report.notExamined().size());
      for (NotExamined gap : report.notExamined()) {
        place(out, gap.location());
        text(out, gap.reason());
      }
      out.writeInt(scanned.references().size());
      for (Reference reference : scanned.references()) {
        text(out, reference.kind().name());
        text(out, reference.target());
        text(out, reference.by());
      }
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(utf8.length);
    out.write(utf8);
  }

  private static void place(DataOutputStream out, Location place) throws IOException {
    text(out, place.member());
    out.writeLong(place.offset());
  }

  /// @param path of the file, as findings name it
  /// @return null if the bytes are no result, for example one of another version
  static @Nullable ScannedFile read(byte[] bytes, String path) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return in.readInt() == FORM ? read(in, path) : null;
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }

  private static ScannedFile read(DataInputStream in, String path) throws IOException {
    String format = text(in);
    long size = in.readLong();
    long dropped = in.readLong();
    List<Finding> findings = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      findings.add(
          new Finding(
              new RuleId(text(in)),
              Level.valueOf(text(in)),
              Verdict.valueOf(text(in)),
              place(in, path),
              text(in),
              text(in),
              text(in)));
    }
    List<NotExamined> gaps = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      gaps.add(new NotExamined(place(in, path), text(in)));
    }
    List<Reference> references = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      references.add(
          new Reference(Reference.Kind.valueOf(text(in)), text(in), text(in), Location.of(path)));
    }
    Report report = new Report(Location.of(path), format, findings, gaps, size);
    return new ScannedFile(report, List.of(), dropped, references);
  }

  private static String text(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a text of " + length + " bytes, but " + in.available() + " follow");
    }
    return new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }

  private static Location place(DataInputStream in, String path) throws IOException {
    String member = text(in);
    return new Location(path, member, in.readLong());
  }
}
