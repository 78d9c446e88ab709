package dev.vidimus.server.pages;

import dev.vidimus.registry.Registry;
import dev.vidimus.registry.home.People;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.pages.model.Frame;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.io.IOException;

/// Sends pages.
final class Pages {
  /// Nothing but what this server itself serves: no script or style in a page, no frame around it.
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private final Registry registry;

  Pages(Registry registry) {
    this.registry = registry;
  }

  /// A template with what it shows.
  interface Template {
    void render(HtmlTemplateOutput out, Frame frame);
  }

  /// What is around a page.
  Frame frame(Exchange exchange, String title, String active) throws IOException {
    return new Frame(
        title, active, exchange.caller().isKnown() ? name(exchange.caller().id()) : "");
  }

  /// What somebody is called.
  String name(String id) throws IOException {
    return new People(registry.home().names()).name(id);
  }

  void show(Exchange exchange, Frame frame, Template template) throws IOException {
    show(exchange, 200, frame, template);
  }

  void show(Exchange exchange, int status, Frame frame, Template template) throws IOException {
    StringOutput text = new StringOutput();
    template.render(new OwaspHtmlTemplateOutput(text), frame);
    exchange.header("Content-Security-Policy", POLICY);
    exchange.header("X-Content-Type-Options", "nosniff");
    // Not `no-referrer`: browsers then send forms with an origin of null.
    exchange.header("Referrer-Policy", "same-origin");
    exchange.header("Cross-Origin-Opener-Policy", "same-origin");
    exchange.header("Cache-Control", "no-store");
    exchange.send(status, "text/html; charset=utf-8", text.toString());
  }
}
