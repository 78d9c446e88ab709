package dev.vidimus.server.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/// What this server did, as Prometheus reads it.
public final class Measured {
  /// The type of what [#text] gives.
  public static final String TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private final PrometheusRegistry all = new PrometheusRegistry();
  private final Counter requests =
      Counter.builder()
          .name("vidimus_http_requests_total")
          .help("Requests by surface, method and status.")
          .labelNames("surface", "method", "status")
          .register(all);
  private final Histogram seconds =
      Histogram.builder()
          .name("vidimus_http_request_seconds")
          .help("Time from the head of a request to the end of its answer.")
          .classicOnly()
          .classicUpperBounds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 2.5, 10)
          .labelNames("surface")
          .register(all);
  private final Gauge running =
      Gauge.builder()
          .name("vidimus_http_requests_in_flight")
          .help("Requests that are answered at this moment.")
          .register(all);
  private final Counter bytes =
      Counter.builder()
          .name("vidimus_http_sent_bytes_total")
          .help("Bytes of bodies that were sent, by surface.")
          .labelNames("surface")
          .register(all);

  /// Where other parts of the server register theirs.
  public PrometheusRegistry all() {
    return all;
  }

  void begin() {
    running.inc();
  }

  void end(String surface, Exchange exchange, long nanos) {
    running.dec();
    requests
        .labelValues(surface, exchange.verb().name(), Integer.toString(exchange.status()))
        .inc();
    seconds.labelValues(surface).observe(nanos / 1e9);
    bytes.labelValues(surface).inc(exchange.sent());
  }

  /// All of it in the text format.
  public byte[] text() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    new PrometheusTextFormatWriter(false).write(text, all.scrape());
    return text.toByteArray();
  }
}
