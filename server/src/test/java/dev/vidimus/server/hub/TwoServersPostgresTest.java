package dev.vidimus.server.hub;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/// Over a real PostgreSQL.
@Tag("client")
class TwoServersPostgresTest extends TwoServers {
  private EmbeddedPostgres postgres;

  @Override
  String database() throws IOException {
    if (postgres == null) {
      postgres = EmbeddedPostgres.start();
    }
    return postgres.getJdbcUrl("postgres", "postgres");
  }

  @AfterEach
  void stop() throws IOException {
    postgres.close();
  }
}
