package dev.vidimus.registry;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Spool;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.keys.Scheme;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.registry.access.Credential;
import dev.vidimus.registry.access.Doors;
import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.access.Tokens;
import dev.vidimus.registry.blob.BlobStore;
import dev.vidimus.registry.change.Asked;
import dev.vidimus.registry.change.Change;
import dev.vidimus.registry.change.Changes;
import dev.vidimus.registry.change.Kept;
import dev.vidimus.registry.change.Session;
import dev.vidimus.registry.decide.Decided;
import dev.vidimus.registry.decide.Deciding;
import dev.vidimus.registry.decide.Gated;
import dev.vidimus.registry.decide.Policies;
import dev.vidimus.registry.decide.Steps;
import dev.vidimus.registry.derive.Comparing;
import dev.vidimus.registry.derive.Leads;
import dev.vidimus.registry.examine.AttestationChecking;
import dev.vidimus.registry.examine.InventoryTaking;
import dev.vidimus.registry.examine.OriginReading;
import dev.vidimus.registry.examine.Pipeline;
import dev.vidimus.registry.examine.Scanning;
import dev.vidimus.registry.examine.SignatureChecking;
import dev.vidimus.registry.examine.TensorListing;
import dev.vidimus.registry.home.Founding;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.home.KeyRing;
import dev.vidimus.registry.home.People;
import dev.vidimus.registry.intake.Admission;
import dev.vidimus.registry.intake.Fetched;
import dev.vidimus.registry.intake.NoRoom;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Requarantine;
import dev.vidimus.registry.intake.Room;
import dev.vidimus.registry.intake.Staging;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.lifecycle.Enrolment;
import dev.vidimus.registry.lifecycle.EvidenceDigest;
import dev.vidimus.registry.projection.Authority;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.LineageMap;
import dev.vidimus.registry.question.Origins;
import dev.vidimus.registry.question.References;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.registry.statement.State;
import dev.vidimus.registry.store.Database;
import dev.vidimus.registry.store.Readers;
import dev.vidimus.registry.store.Sql;
import dev.vidimus.scan.Meter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The door of the registry: every command and every route of a server comes through here. Safe
/// for use by many threads, and beside other processes over the same home.
public final class Registry {
  private static final String ORIGIN = "vidimus.local/";
  private static final int LONGEST_NAME = 200;

  private final Home home;
  private final Database database;
  private final Changes changes;
  private final KeyRing keys;
  private final BlobStore blobs;
  private final Policies policies = new Policies();
  private final String version;
  private final int jobs;
  private final InstantSource clock;
  private volatile @Nullable LineageMap mapped;

  private Registry(Home home, Database database, String version, int jobs, InstantSource clock) {
    this.home = home;
    this.database = database;
    this.keys = new KeyRing(home);
    this.changes = new Changes(home, database, keys, clock, new Steps(this::log, policies));
    this.blobs = new BlobStore(home.blobs());
    this.version = version;
    this.jobs = jobs;
    this.clock = clock;
  }

  /// A registry.
  ///
  /// @param database a JDBC address, or empty for the home's own
  /// @param version of this build
  /// @param jobs files that are examined at once
  public static Registry open(
      Home home, String database, String version, int jobs, InstantSource clock) {
    Database tables =
        database.isEmpty() ? Database.embedded(home.database()) : Database.at(database);
    return new Registry(home, tables, version, jobs, clock);
  }

  /// Begins the registry: keys, ledger, its first admin and the default policy.
  ///
  /// @param name what the admin is called
  /// @return the admin's id
  public String init(String name, char @Nullable [] passphrase)
      throws IOException, FormatException {
    String id = Founding.newId();
    Founding.found(
        home,
        ORIGIN + id.substring(2),
        id,
        passphrase,
        clock,
        building -> open(building, "", version, jobs, clock).begin(building, id, name, passphrase));
    return id;
  }

  /// The first entries, while the home has no place yet: a home that is there is never without
  /// people and policy. Its tables follow from them, in whichever database.
  private void begin(Home building, String id, String name, char @Nullable [] passphrase)
      throws IOException, FormatException {
    new People(building.names()).put(id, name);
    Actor admin = new Actor(id, keys.person(id, passphrase));
    try {
      make(
          session -> {
            Enrolment.first(admin, keys.gate().verifying()).make(session);
            session.flush();
            return Deciding.publishDefault(admin).make(session);
          });
    } catch (CheckFailed e) {
      throw new IllegalStateException("a new registry refuses its first entries", e);
    }
  }

  /// Makes somebody known.
  ///
  /// @param key their public key, or null to make a key pair in the home
  /// @param passphrase of a key that is made here, or null
  /// @return their id
  public String enrol(
      Actor admin,
      String name,
      List<Role> roles,
      boolean service,
      @Nullable VerifyingKey key,
      char @Nullable [] passphrase)
      throws IOException, FormatException, CheckFailed {
    People people = new People(home.names());
    String id = Founding.newId();
    // Names are written as everything else: by nobody beside whoever changes the registry.
    return make(
        session -> {
          if (!People.isName(name) || people.id(name) != null) {
            throw new Refusal(name + ": is no name, or somebody is called so", "say another");
          }
          session.authority().requireRole(admin.id(), Kind.PERSON);
          VerifyingKey verifying =
              key == null ? KeyFile.create(home.personKey(id), Scheme.ED25519, passphrase) : key;
          Enrolment.add(admin, id, service, roles, verifying).make(session);
          session.flush();
          people.put(id, name);
          return id;
        });
  }

  /// Makes somebody known who comes in by an invitation. Their key lies here, sealed with it, until
  /// they come; from then on it is sealed with a secret that only they know.
  ///
  /// @return the invitation
  public String invite(Actor admin, String name, List<Role> roles)
      throws IOException, FormatException, CheckFailed {
    String invitation = Credential.invitation();
    String id = enrol(admin, name, roles, false, null, invitation.toCharArray());
    keep(
        sql -> {
          new Doors(sql).invite(id, invitation, now());
          return id;
        });
    return invitation;
  }

  /// Lets somebody in who was invited; the invitation is used up.
  ///
  /// @return their secret, which nobody can tell them again
  /// @throws CheckFailed if the invitation opens nothing, or not any more
  public String enter(String invitation) throws IOException, FormatException, CheckFailed {
    String secret = Credential.secret();
    String person = keep(sql -> new Doors(sql).invited(invitation, now()));
    if (person == null) {
      throw new CheckFailed("invitation", "one that was not used and did not expire", "another");
    }
    Path key = home.personKey(person);
    Path sealed = key.resolveSibling(key.getFileName() + "." + Credential.id("n"));
    KeyFile.importTo(sealed, key, invitation.toCharArray(), secret.toCharArray());
    boolean entered =
        keep(
            sql -> {
              Doors doors = new Doors(sql);
              if (doors.invited(invitation, now()) == null) {
                return false; // somebody else used it at this moment
              }
              Files.move(sealed, home.nextKey(person), StandardCopyOption.ATOMIC_MOVE);
              doors.enter(person, secret, now());
              return true;
            });
    if (!entered) {
      Files.deleteIfExists(sealed);
      throw new CheckFailed("invitation", "one that was not used", "one that was");
    }
    keys.settle(person);
    return secret;
  }

  /// Issues a token.
  ///
  /// @return what opens it, which nobody can tell again
  /// @throws CheckFailed if its person has not the roles, or there is no such environment
  public String issue(Token token) throws IOException, FormatException, CheckFailed {
    ask(
        sql -> {
          Authority.Known owner = new Authority(sql).require(token.person());
          if (!owner.roles().containsAll(token.roles())) {
            throw new CheckFailed(
                "roles",
                "some of " + owner.roles().stream().map(Role::word).toList(),
                token.roles().stream().map(Role::word).toList().toString());
          }
          if (!token.environment().isEmpty()) {
            deciding(sql).requireEnvironment(token.environment());
          }
          return owner;
        });
    for (String pattern : token.repositories()) {
      if (!pattern.matches("[A-Za-z0-9._/-]+\\*?|\\*")) {
        throw new CheckFailed("repository", "org/name, org/* or *", pattern);
      }
    }
    String credential = Credential.token();
    keep(
        sql -> {
          new Tokens(sql).add(token, credential);
          return token;
        });
    return credential;
  }

  /// Lets somebody do nothing any more.
  public void dismiss(Actor admin, String id) throws IOException, FormatException, CheckFailed {
    make(Enrolment.remove(admin, id));
  }

  /// Makes a change.
  public <T> T make(Change<T> change) throws IOException, FormatException, CheckFailed {
    try {
      return changes.make(change);
    } catch (Refusal e) {
      throw e;
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /// What a database or a file system says in its own words when it is full.
  private IOException explained(IOException e) throws IOException {
    return Room.isMissing(e) || Room.isFull(home.root())
        ? new NoRoom("nothing was changed: no room is left", home.root(), "" + e.getMessage())
        : e;
  }

  /// The policy that holds, as of these tables.
  private Deciding deciding(Sql sql) throws IOException, FormatException, CheckFailed {
    return Deciding.current(sql, changes.log(), policies, keys.gate(), version);
  }

  /// Asks a question.
  public <T extends @Nullable Object> T ask(Asked<T> question)
      throws IOException, FormatException, CheckFailed {
    return changes.ask(question);
  }

  /// Changes what is not evidence: tokens, sessions, jobs.
  public <T extends @Nullable Object> T keep(Kept<T> kept) throws IOException {
    try {
      return changes.keep(kept);
    } catch (Refusal e) {
      throw e;
    } catch (IOException e) {
      throw explained(e);
    }
  }

  /// Keeps connections for questions open, as a server wants, until they are closed.
  ///
  /// @param most how many at once
  public Readers keepOpen(int most) throws IOException {
    changes.keep(sql -> true); // the tables are there from now on
    Readers readers = new Readers(database, most);
    changes.keepOpen(readers);
    return readers;
  }

  /// The artifact that a reference means.
  public Artifact resolve(String ref) throws IOException, FormatException, CheckFailed {
    return ask(sql -> new References(sql).resolve(ref));
  }

  /// Entries, envelopes and what lies beside them.
  public TileSource log() {
    return changes.log();
  }

  /// A signed statement, as the ledger keeps it.
  ///
  /// @param digest of its envelope
  public byte[] envelope(String digest) throws IOException {
    byte[] envelope =
        log().get(Entry.envelopePath(Digest.ofHex(digest.substring("sha256:".length()))));
    if (envelope == null) {
      throw new IOException("the ledger lacks the envelope " + digest);
    }
    return envelope;
  }

  /// The folder of this registry.
  public Home home() {
    return home;
  }

  /// What was admitted, by digest.
  public BlobStore blobs() {
    return blobs;
  }

  /// Where an artifact comes from.
  @FunctionalInterface
  public interface Source {
    /// Puts the artifact into the staging area.
    Fetched fetch(Staging staging) throws IOException;
  }

  /// What somebody wants to have admitted.
  ///
  /// @param submitter who asks
  /// @param name under which it is to be known; empty for the source's own
  /// @param environment for which it is judged
  public record Request(String submitter, String name, String environment) {}

  /// What became of it.
  ///
  /// @param artifact what it is
  /// @param outcomes what the examiners found
  /// @param decision what the policy says
  public record Admitted(Artifact artifact, List<Pipeline.Outcome> outcomes, Decided decision) {}

  /// Takes something into quarantine, examines it, decides, and records all of that. Until the end
  /// nobody knows of it; after a crash nothing of it is left.
  ///
  /// @param meter counts what is examined
  public Admitted admit(Request request, Source source, Meter meter)
      throws IOException, FormatException, CheckFailed {
    Deciding deciding = ask(this::deciding);
    deciding.requireEnvironment(request.environment());
    Pipeline pipeline = pipeline(deciding);
    try (Staging staging = Staging.begin(home)) {
      Fetched fetched = source.fetch(staging);
      String name = name(request.name().isEmpty() ? fetched.name() : request.name());
      Admission admission = compared(Admission.of(fetched, blobs, pipeline, meter));
      return make(
          session -> {
            Deciding now = deciding(session.sql());
            admission.record(
                session, request.submitter(), name, now.tier(request.environment()), keys.gate());
            Artifact artifact = named(session, admission, name);
            Decided decided =
                now.decide(
                    session, request.submitter(), artifact, "promote", request.environment());
            session.flush();
            return new Admitted(named(session, admission, name), admission.outcomes(), decided);
          });
    }
  }

  /// Computes again what it says of its origin, as far as what it names is here.
  private Admission compared(Admission admission) throws IOException, FormatException, CheckFailed {
    List<Origins.Claim> claims = new ArrayList<>();
    for (Pipeline.Outcome outcome : admission.outcomes()) {
      claims.addAll(Origins.claims(outcome.found().facts()));
    }
    List<Comparing.Lead> leads =
        claims.isEmpty() ? List.of() : ask(sql -> Leads.of(sql, log(), claims, admission.digest()));
    if (leads.isEmpty()) {
      return admission;
    }
    Comparing comparing =
        new Comparing(home, blobs, log(), version, clock, Limits.DEFAULT.spoolBytes());
    return admission.compared(comparing.of(admission.snapshot(), leads));
  }

  /// It under the name that it was admitted by just now, whatever it was called before.
  private static Artifact named(Session session, Admission admission, String name)
      throws IOException {
    long version =
        session
            .sql()
            .number(
                "SELECT max(version) FROM submission WHERE snapshot = ? AND name = ?",
                admission.digest(),
                name);
    return new References(session.sql()).resolve(name + "@" + version);
  }

  private Pipeline pipeline(Deciding deciding) throws FormatException {
    return new Pipeline(
        List.of(
            new Scanning(home.temporary().resolve("spool"), home.results(), jobs, version),
            new SignatureChecking(deciding.trust(), version, clock),
            new AttestationChecking(deciding.trust(), version, clock),
            new OriginReading(version),
            new TensorListing(
                new Spool(home.temporary().resolve("spool"), Limits.DEFAULT.spoolBytes()), version),
            new InventoryTaking(home.advisories(), version, clock)),
        clock);
  }

  /// Takes something into quarantine and records that; [#examine] does the rest, whenever it is and
  /// in whichever process. The bytes are kept, so that the source may change or vanish.
  public Artifact quarantine(Request request, Source source)
      throws IOException, FormatException, CheckFailed {
    ask(this::deciding).requireEnvironment(request.environment());
    try (Staging staging = Staging.begin(home)) {
      Fetched fetched = source.fetch(staging);
      String name = name(request.name().isEmpty() ? fetched.name() : request.name());
      Admission admission = Admission.quarantine(fetched, blobs);
      if (!admission.notInIdentity().isEmpty()) {
        throw new Refusal(
            name + ": has files that are no part of it and are not kept, such as .git",
            "examine it at once, without --detach");
      }
      return make(
          session -> {
            Deciding now = deciding(session.sql());
            admission.record(
                session, request.submitter(), name, now.tier(request.environment()), keys.gate());
            return named(session, admission, name);
          });
    }
  }

  /// Examines what is in quarantine, or once more what was examined before; decides, and records
  /// both. A crash leaves it where it was. If somebody else examined it meanwhile, theirs counts.
  ///
  /// @param actor who asks
  /// @param environment for which it is judged, or null for what it was admitted for
  /// @param meter counts what is examined
  public Admitted examine(String actor, String ref, @Nullable String environment, Meter meter)
      throws IOException, FormatException, CheckFailed {
    record Subject(Artifact artifact, String where, Deciding deciding, Requarantine.Known known) {}
    Subject asked =
        ask(
            sql -> {
              Deciding deciding = deciding(sql);
              Artifact artifact = new References(sql).resolve(ref);
              String where = environment == null ? artifact.tier() : environment;
              deciding.requireEnvironment(where);
              return new Subject(
                  artifact, where, deciding, Requarantine.find(sql, log(), artifact));
            });
    try (Staging staging = Staging.begin(home)) {
      Fetched fetched = Requarantine.fetch(asked.known(), blobs, log(), staging);
      Admission admission =
          compared(Admission.of(fetched, blobs, pipeline(asked.deciding()), meter));
      if (!admission.digest().equals(asked.artifact().snapshot())) {
        throw new Refusal(
            asked.artifact().label() + ": what is kept of it has other bytes by now",
            "vidimus doctor");
      }
      return make(
          session -> {
            String before = asked.artifact().state();
            Artifact artifact = new References(session.sql()).resolve(ref);
            boolean done =
                before.equals(State.QUARANTINED.word()) && !artifact.state().equals(before);
            if (!done) {
              admission.inspections(session, actor, keys.gate());
              session.flush();
            }
            Decided decided =
                deciding(session.sql()).decide(session, actor, artifact, "promote", asked.where());
            session.flush();
            return new Admitted(
                new References(session.sql()).resolve(ref), admission.outcomes(), decided);
          });
    }
  }

  private static String name(String name) throws Refusal {
    boolean plain =
        !name.isEmpty()
            && name.length() <= LONGEST_NAME
            && name.chars().allMatch(c -> c > ' ' && c < 0x7f && "@:\"\\".indexOf(c) < 0);
    if (!plain) {
      throw new Refusal(
          name + ": a name has visible ASCII without @, : and quotation marks",
          "say another with --name");
    }
    return name;
  }

  /// Decides anew, and promotes if everything passes at this instant.
  public Decided promote(String actor, String ref, @Nullable String environment)
      throws IOException, FormatException, CheckFailed {
    return make(
        session -> {
          Deciding now = deciding(session.sql());
          Artifact artifact = new References(session.sql()).resolve(ref);
          String where = environment == null ? artifact.tier() : environment;
          now.requireEnvironment(where);
          session.authority().requireAny(actor, List.of(Role.RELEASE, Role.ADMIN));
          now.requireStep(session, actor, artifact, "promoted");
          return now.decide(session, actor, artifact, "promote", where);
        });
  }

  /// What a person saw before they answered: any change of it since is a reason to look again.
  ///
  /// @param policy digest of the policy
  /// @param evidence digest of the evidence
  public record Seen(String policy, String evidence) {}

  /// What a person would answer to now.
  public Seen seen(String snapshot) throws IOException, FormatException, CheckFailed {
    return ask(sql -> new Seen(deciding(sql).policy(), EvidenceDigest.of(sql, snapshot)));
  }

  /// A person says yes or no to exactly what they saw.
  ///
  /// @throws CheckFailed if policy or evidence are others by now; nothing is recorded then
  public Acts.Done answer(
      Actor actor, String ref, String environment, boolean reject, String reason, Seen seen)
      throws IOException, FormatException, CheckFailed {
    return answerTo(actor, ref, environment, reject, reason, seen);
  }

  /// A person says yes or no; see [Acts#answer].
  ///
  /// @param environment or null for what it was admitted for
  public Acts.Done answer(
      Actor actor, String ref, @Nullable String environment, boolean reject, String reason)
      throws IOException, FormatException, CheckFailed {
    return answerTo(actor, ref, environment, reject, reason, null);
  }

  private Acts.Done answerTo(
      Actor actor,
      String ref,
      @Nullable String environment,
      boolean reject,
      String reason,
      @Nullable Seen seen)
      throws IOException, FormatException, CheckFailed {
    return make(
        session -> {
          Deciding now = deciding(session.sql());
          Artifact artifact = new References(session.sql()).resolve(ref);
          String where = environment == null ? artifact.tier() : environment;
          now.requireEnvironment(where);
          session.authority().requireRole(actor.id(), Kind.APPROVAL);
          String evidence = EvidenceDigest.of(session.sql(), artifact.snapshot());
          if (seen != null && !seen.equals(new Seen(now.policy(), evidence))) {
            throw new CheckFailed(
                "what was seen",
                "policy and evidence as they were shown",
                "others by now: look again before you answer");
          }
          if (!reject) {
            now.requireIndependent(session.sql(), actor.id(), artifact);
          }
          return Acts.answer(actor, artifact.snapshot(), where, now.policy(), reject, reason)
              .make(session);
        });
  }

  /// Asks for an exception; the tier says how long it may last.
  public Acts.Done requestException(
      Actor actor, String ref, String rule, String reason, Duration duration)
      throws IOException, FormatException, CheckFailed {
    return make(
        session -> {
          Deciding now = deciding(session.sql());
          Artifact artifact = new References(session.sql()).resolve(ref);
          now.requireRule(rule);
          Instant expires = session.now().plus(duration);
          return Acts.requestException(
                  actor,
                  artifact.snapshot(),
                  rule,
                  reason,
                  expires,
                  now.longestException(artifact.tier()))
              .make(session);
        });
  }

  /// Records that a workload runs an artifact; see [Acts#deploy].
  public Acts.Done deploy(
      String actor, String ref, String environment, String workload, @Nullable String config)
      throws IOException, FormatException, CheckFailed {
    return make(
        session -> {
          Artifact artifact = new References(session.sql()).resolve(ref);
          Deciding now = deciding(session.sql());
          now.requireEnvironment(environment);
          Gated gated = now.gate(session.sql(), artifact, environment, session.now());
          if (!gated.decided().promoted() && !gated.glass()) {
            throw new CheckFailed(
                "promotion",
                artifact.label() + " promoted to " + environment,
                "it is not; vidimus promote, or admit it with --tier");
          }
          if (!gated.open()) {
            throw new CheckFailed(
                "decision",
                "every rule to pass now",
                gated.decided().decision().blocking().getFirst().message()
                    + "; vidimus explain "
                    + artifact.label());
          }
          return Acts.deploy(actor, keys.gate(), artifact.snapshot(), environment, workload, config)
              .make(session);
        });
  }

  /// Lets an artifact run for an emergency; see [Acts#breakGlass].
  public Acts.Done breakGlass(
      Actor actor, String ref, String environment, String incident, String reason, Duration open)
      throws IOException, FormatException, CheckFailed {
    return make(
        session -> {
          deciding(session.sql()).requireEnvironment(environment);
          return Acts.breakGlass(actor, ref, environment, incident, reason, open).make(session);
        });
  }

  /// Records that a workload runs nothing any more.
  public Acts.Done retire(String actor, String environment, String workload)
      throws IOException, FormatException, CheckFailed {
    return make(Acts.retire(actor, keys.gate(), environment, workload));
  }

  /// The policy that holds.
  public CheckedPolicy policy() throws IOException, FormatException, CheckFailed {
    return ask(sql -> deciding(sql).checked());
  }

  /// Lets a policy hold from now on.
  ///
  /// @return digest of the statement
  public String publish(Actor actor, CheckedPolicy policy)
      throws IOException, FormatException, CheckFailed {
    return make(Deciding.publish(actor, policy));
  }

  /// What was made from what, as of the log's head at this moment.
  public LineageMap lineage() throws IOException, FormatException, CheckFailed {
    LineageMap known = mapped;
    String stamp = ask(LineageMap::stamp);
    if (known == null || !known.stamp().equals(stamp)) {
      synchronized (changes) { // the others wait for it rather than read the same
        LineageMap last = mapped;
        known = ask(sql -> last == null ? LineageMap.read(sql) : last.next(sql));
        mapped = known;
      }
    }
    return known;
  }

  /// What the policy says at this instant; nothing is recorded.
  public Decided judge(String ref, @Nullable String environment, String stage)
      throws IOException, FormatException, CheckFailed {
    return ask(
        sql -> {
          Deciding now = deciding(sql);
          Artifact artifact = new References(sql).resolve(ref);
          String where = environment == null ? artifact.tier() : environment;
          now.requireEnvironment(where);
          return now.judge(sql, artifact, stage, where, now());
        });
  }

  /// This instant in whole seconds, as statements have it: what ends then has ended.
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  /// Whether an artifact may run somewhere at this instant: it was promoted there, and every rule
  /// of the stage `deploy` still passes; or somebody broke the glass for it.
  public Gated gate(Artifact artifact, @Nullable String environment)
      throws IOException, FormatException, CheckFailed {
    return ask(
        sql -> {
          Deciding deciding = deciding(sql);
          String where = environment == null ? artifact.tier() : environment;
          deciding.requireEnvironment(where);
          return deciding.gate(sql, artifact, where, now());
        });
  }

  /// What people answered, and whether it still counts.
  public List<Chain.Answer> answers(String ref) throws IOException, FormatException, CheckFailed {
    return ask(
        sql -> {
          Artifact artifact = new References(sql).resolve(ref);
          String policy = deciding(sql).policy();
          String evidence = EvidenceDigest.of(sql, artifact.snapshot());
          return new Chain(sql).answers(artifact.snapshot(), policy, evidence);
        });
  }

  /// Makes the tables again from the ledger.
  ///
  /// @return how many entries there are
  public long rebuild() throws IOException, FormatException, CheckFailed {
    return changes.rebuild();
  }

  /// Where unfinished things lie that a live process may need.
  public Path temporary() {
    return home.temporary();
  }
}
