package dev.vidimus.server.hub;

/// Over the tables of the home.
class TwoServersTest extends TwoServers {
  @Override
  String database() {
    return "";
  }
}
