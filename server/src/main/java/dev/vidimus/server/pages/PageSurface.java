package dev.vidimus.server.pages;

import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.PercentCode;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Surface;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.pages.jte.JteproblemGenerated;
import java.io.IOException;

/// The pages: errors are pages, and whoever is not signed in is led to where that is done.
public final class PageSurface implements Surface {
  private final Pages pages;

  PageSurface(Pages pages) {
    this.pages = pages;
  }

  @Override
  public String name() {
    return "page";
  }

  @Override
  public void refuse(Exchange exchange, Problem problem) throws IOException {
    if (problem.status() == 401 && exchange.verb() == Verb.GET) {
      exchange.redirect(303, "/login?to=" + PercentCode.encode(exchange.path()));
      return;
    }
    pages.show(
        exchange,
        problem.status(),
        pages.frame(exchange, problem.title(), ""),
        (out, frame) ->
            JteproblemGenerated.render(
                out,
                null,
                frame,
                String.valueOf(problem.getMessage()),
                problem.hint(),
                exchange.id()));
  }
}
