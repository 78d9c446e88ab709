package dev.vidimus.server.pages.model;

import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Impact;
import java.util.List;

/// What a revocation would reach.
///
/// @param selector what it says
/// @param artifacts that could run nowhere any more
/// @param running what runs of them now
/// @param problem why the selector means nothing; empty if it does
public record Revoking(
    String selector, List<Artifact> artifacts, List<Impact.Running> running, String problem) {}
