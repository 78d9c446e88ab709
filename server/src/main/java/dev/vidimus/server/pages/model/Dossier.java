package dev.vidimus.server.pages.model;

import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Bills;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.question.Profile;
import dev.vidimus.server.http.PercentCode;
import java.util.List;

/// Everything about one artifact.
///
/// @param artifact which
/// @param submitter who brought it, by name
/// @param aliases its identities
/// @param files the first of its files
/// @param inspections what examiners say
/// @param findings what they found
/// @param parts the first parts of its bill of materials
/// @param promoted where it was let in
/// @param decisions what was decided
/// @param answers what people said
/// @param running where it runs
/// @param revoked why it may not
/// @param statements all of it, in the order of the log
/// @param environments where it could be promoted
/// @param drawing what it was made from, and what was made from it
public record Dossier(
    Artifact artifact,
    String submitter,
    List<Profile.Alias> aliases,
    List<Profile.FileOf> files,
    List<Profile.Inspection> inspections,
    List<Found> findings,
    List<Bills.Component> parts,
    List<Chain.Promoted> promoted,
    List<Chain.Decided> decisions,
    List<Answered> answers,
    List<Impact.Running> running,
    List<Impact.Revoked> revoked,
    List<Event> statements,
    List<String> environments,
    Drawing drawing) {
  /// A finding.
  ///
  /// @param level by its word
  /// @param rule its id
  /// @param place file, member and offset
  /// @param message what was found
  /// @param evidence an excerpt of the bytes, as text
  /// @param fix what to do about it
  public record Found(
      String level, String rule, String place, String message, String evidence, String fix) {}

  /// What a person said.
  ///
  /// @param person by name
  /// @param answer what
  public record Answered(String person, Chain.Answer answer) {}

  /// A statement of the log.
  ///
  /// @param actor by name
  /// @param said which
  public record Event(String actor, Chain.Said said) {}

  /// The artifact's page, or one below it.
  ///
  /// @param below empty, or such as `/approve`
  public String href(String below) {
    return "/artifacts/" + PercentCode.encode(artifact.snapshot()) + below;
  }
}
