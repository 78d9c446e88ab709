package dev.vidimus.artifact;

/// How much a finding matters, least first.
public enum Level {
  INFO,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
