package dev.vidimus.registry;

import dev.vidimus.evidence.ledger.LedgerCommands;
import dev.vidimus.registry.decide.Decided;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.home.KeyRing;
import dev.vidimus.registry.intake.LocalSource;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.registry.store.Database;
import dev.vidimus.registry.store.Sql;
import dev.vidimus.scan.Meter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// A registry in a folder, people who work with it, and a clock that tests set.
final class Firm {
  private final Path folder;
  private final AtomicReference<Instant> now;
  private final Home home;
  private final Registry registry;
  private final Actor admin;

  private Firm(Path folder, boolean begin, String database) throws Exception {
    this.folder = folder;
    this.now = new AtomicReference<>(Instant.parse("2026-11-21T10:00:00Z"));
    this.home = new Home(folder.resolve("home"));
    this.registry = open(database);
    String id = begin ? registry.init("admin", null) : idOfTheAdmin();
    this.admin = new Actor(id, new KeyRing(home).person(id, null));
  }

  /// A new one.
  static Firm begin(Path folder) throws Exception {
    return new Firm(folder, true, "");
  }

  /// A new one whose tables lie elsewhere.
  ///
  /// @param database an address
  static Firm begin(Path folder, String database) throws Exception {
    return new Firm(folder, true, database);
  }

  /// One that another process began.
  ///
  /// @param database an address; empty for the home's own
  static Firm open(Path folder, String database) throws Exception {
    return new Firm(folder, false, database);
  }

  private String idOfTheAdmin() throws Exception {
    return column("SELECT id FROM person ORDER BY idx").getFirst();
  }

  /// A registry over the same home, as another process would have it.
  ///
  /// @param database an address; empty for the home's own
  Registry open(String database) {
    InstantSource clock = now::get;
    return Registry.open(home, database, "test", 1, clock);
  }

  Registry registry() {
    return registry;
  }

  Home home() {
    return home;
  }

  Path folder() {
    return folder;
  }

  /// May do everything, as whoever began the registry may.
  Actor admin() {
    return admin;
  }

  Instant now() {
    return now.get();
  }

  void pass(Duration time) {
    now.set(now.get().plus(time));
  }

  Actor enrol(String name, Role... roles) throws Exception {
    String id = registry.enrol(admin, name, List.of(roles), false, null, null);
    return new Actor(id, new KeyRing(home).person(id, null));
  }

  /// Somebody who may do whatever concerns one artifact, so that only separation stops them.
  Actor person(String name) throws Exception {
    return enrol(name, Role.SUBMITTER, Role.REVIEWER, Role.SECURITY, Role.RELEASE, Role.DEPLOYER);
  }

  /// Four people for [Worker]s in other processes.
  void hireAll() throws Exception {
    for (int i = 0; i < 4; i++) {
      person("person" + i);
    }
  }

  /// Whoever was enrolled, with their keys.
  List<Actor> everybody() throws Exception {
    List<Actor> all = new ArrayList<>();
    for (String id : column("SELECT id FROM person WHERE service = 0 ORDER BY idx")) {
      if (!id.equals(admin.id())) {
        all.add(new Actor(id, new KeyRing(home).person(id, null)));
      }
    }
    return all;
  }

  /// The first column of a question.
  List<String> column(String sql) throws Exception {
    return registry.ask(tables -> tables.all(sql, row -> row.text(1)));
  }

  /// Admits a file with this content, for `internal`.
  Artifact admit(Actor submitter, String name, String content) throws Exception {
    return submit(submitter, name, content, "internal").artifact();
  }

  Decided submit(Actor submitter, String name, String content, String environment)
      throws Exception {
    return submit(folder.resolve("sources").resolve(name), submitter, name, content, environment);
  }

  /// Admits a file that lies in a folder of its own, so that others can do the same meanwhile.
  Artifact admitFrom(String place, Actor submitter, String name, String content) throws Exception {
    Path source = folder.resolve("sources").resolve(place);
    return submit(source, submitter, name, content, "internal").artifact();
  }

  /// Admits a file as it is.
  Decided admitFile(Actor submitter, String name, Path file) throws Exception {
    return registry
        .admit(
            new Registry.Request(submitter.id(), name, "internal"),
            staging -> LocalSource.fetch(file, file.toString(), staging),
            new Meter())
        .decision();
  }

  /// Takes a file in, and examines it in a second step.
  Artifact detach(String place, Actor submitter, String name, String content) throws Exception {
    Path source = Files.createDirectories(folder.resolve("sources").resolve(place));
    Path file = Files.writeString(source.resolve("config.json"), content);
    Artifact artifact =
        registry.quarantine(
            new Registry.Request(submitter.id(), name, "internal"),
            staging -> LocalSource.fetch(file, file.toString(), staging));
    return registry.examine(submitter.id(), artifact.snapshot(), null, new Meter()).artifact();
  }

  private Decided submit(
      Path source, Actor submitter, String name, String content, String environment)
      throws Exception {
    Files.createDirectories(source);
    Path file = Files.writeString(source.resolve("config.json"), content);
    return registry
        .admit(
            new Registry.Request(submitter.id(), name, environment),
            staging -> LocalSource.fetch(file, file.toString(), staging),
            new Meter())
        .decision();
  }

  /// Says yes for where it was admitted for.
  void approve(Actor person, Artifact artifact) throws Exception {
    registry.answer(person, artifact.snapshot(), null, false, "looks right");
  }

  boolean promotes(Actor person, Artifact artifact) throws Exception {
    return registry.promote(person.id(), artifact.snapshot(), null).promoted();
  }

  boolean gateOpens(Artifact artifact) throws Exception {
    return registry.gate(artifact, null).open();
  }

  List<Impact.Running> running() throws Exception {
    return registry.ask(sql -> new Impact(sql).running());
  }

  List<Artifact> waiting() throws Exception {
    return registry.ask(sql -> new Chain(sql).waiting());
  }

  /// How many entries the ledger has, after walking over all of it.
  long verify() throws Exception {
    return new LedgerCommands(home.ledger())
        .verify(new KeyRing(home).logVerifier(), List.of())
        .checkpoint()
        .size();
  }

  /// Every row of every table that follows from the ledger.
  static List<String> dump(Registry registry) throws Exception {
    return registry.ask(
        sql -> {
          List<String> rows = new ArrayList<>();
          for (String table : Database.PROJECTED) {
            for (String row : sql.all("SELECT * FROM " + table, Firm::columns)) {
              rows.add(table + " " + row);
            }
          }
          Collections.sort(rows);
          return rows;
        });
  }

  private static String columns(Sql.Row row) throws SQLException {
    ResultSet result = row.result();
    String[] columns = new String[result.getMetaData().getColumnCount()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = result.getString(i + 1);
    }
    return Arrays.toString(columns);
  }
}
