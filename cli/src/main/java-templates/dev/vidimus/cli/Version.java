package dev.vidimus.cli;

/// The version of this build. A constant and not a resource: reading one from a jar costs more
/// time than all the rest of `--version`.
final class Version {

  static final String VERSION = "${project.version}";

  private Version() {}
}
