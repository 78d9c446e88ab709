package dev.vidimus.registry.decide;

import dev.vidimus.policy.Decision;
import dev.vidimus.policy.Facts;
import dev.vidimus.registry.question.Artifact;

/// A decision about an artifact.
///
/// @param artifact what it is about
/// @param environment where it may run, or not
/// @param tier of the environment
/// @param decision what the policy says
/// @param facts what it rests on
/// @param envelope digest of the statement; empty if nothing was recorded
/// @param promoted whether it may run there from now on
public record Decided(
    Artifact artifact,
    String environment,
    String tier,
    Decision decision,
    Facts facts,
    String envelope,
    boolean promoted) {}
