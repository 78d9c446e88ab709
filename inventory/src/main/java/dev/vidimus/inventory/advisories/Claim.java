package dev.vidimus.inventory.advisories;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.inventory.advisories.Advisory.Affected;
import dev.vidimus.inventory.advisories.Advisory.Event;
import dev.vidimus.inventory.advisories.Advisory.Range;
import dev.vidimus.inventory.advisories.HashIndex.Place;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What one record says of one package, kept apart from the record: most questions are answered no,
/// and this part of it is enough to say so.
///
/// Its bytes: whether it was withdrawn (1 byte), the id, the record's offset (8) and length (4),
/// then the affected versions. Texts and lists begin with their length (4 bytes), kinds take one.
/// All numbers are big-endian.
///
/// @param id of the record
/// @param isWithdrawn whether the record was taken back
/// @param record where all of it lies
/// @param affected of this package alone
record Claim(String id, boolean isWithdrawn, Place record, List<Affected> affected) {
  private static final int MOST = 100_000;
  private static final int LONGEST = 1 << 20;
  private static final List<String> RANGES = List.of("ECOSYSTEM", "SEMVER", "GIT");
  private static final List<Event.Kind> EVENTS = List.of(Event.Kind.values());

  byte[] written() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(isWithdrawn ? 1 : 0);
    text(out, id);
    out.writeLong(record.offset());
    out.writeInt(record.length());
    out.writeInt(affected.size());
    for (Affected one : affected) {
      text(out, one.ecosystem());
      text(out, one.name());
      out.writeInt(one.ranges().size());
      for (Range range : one.ranges()) {
        // Kinds that nobody knows yet say nothing of versions, like ranges of commits.
        out.writeByte(RANGES.contains(range.kind()) ? RANGES.indexOf(range.kind()) : 2);
        out.writeInt(range.events().size());
        for (Event event : range.events()) {
          out.writeByte(EVENTS.indexOf(event.kind()));
          text(out, event.version());
        }
      }
      out.writeInt(one.versions().size());
      for (String version : one.versions()) {
        text(out, version);
      }
    }
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /// Reads what [#written()] wrote.
  static Claim read(Bytes bytes, String source) throws IOException, FormatException {
    ByteCursor cursor = new ByteCursor(bytes, source);
    boolean isWithdrawn = cursor.u8("withdrawn") == 1;
    String id = text(cursor, "id");
    Place record = new Place(cursor.i64Big("offset"), (int) cursor.u32Big("length"));
    int count = count(cursor, "affected");
    List<Affected> affected = new ArrayList<>(Math.min(count, 16));
    for (int i = 0; i < count; i++) {
      String ecosystem = text(cursor, "ecosystem");
      String name = text(cursor, "name");
      List<Range> ranges = ranges(cursor);
      int versions = count(cursor, "versions");
      List<String> listed = new ArrayList<>(versions);
      for (int k = 0; k < versions; k++) {
        listed.add(text(cursor, "version"));
      }
      affected.add(new Affected(ecosystem, name, ranges, listed));
    }
    return new Claim(id, isWithdrawn, record, affected);
  }

  private static List<Range> ranges(ByteCursor cursor) throws IOException, FormatException {
    int count = count(cursor, "ranges");
    List<Range> ranges = new ArrayList<>(Math.min(count, 16));
    for (int i = 0; i < count; i++) {
      String kind = RANGES.get(choice(cursor, "range", RANGES.size()));
      int ends = count(cursor, "events");
      List<Event> events = new ArrayList<>(Math.min(ends, 16));
      for (int k = 0; k < ends; k++) {
        Event.Kind what = EVENTS.get(choice(cursor, "event", EVENTS.size()));
        events.add(new Event(what, text(cursor, "event")));
      }
      ranges.add(new Range(kind, events));
    }
    return ranges;
  }

  private static int choice(ByteCursor cursor, String field, int choices)
      throws IOException, FormatException {
    int choice = cursor.u8(field);
    if (choice >= choices) {
      throw cursor.malformed(field, "is " + choice + ", of " + choices);
    }
    return choice;
  }

  /// Each element takes a byte at least.
  private static int count(ByteCursor cursor, String field) throws IOException, FormatException {
    long start = cursor.position();
    return (int) cursor.proved(field, start, cursor.u32Big(field), MOST);
  }

  private static String text(ByteCursor cursor, String field) throws IOException, FormatException {
    long start = cursor.position();
    int length = (int) cursor.proved(field, start, cursor.u32Big(field), LONGEST);
    return cursor.text(field, length, StandardCharsets.UTF_8);
  }
}
