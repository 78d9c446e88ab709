package dev.vidimus.server.pages;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.access.Credential;
import dev.vidimus.registry.access.Doors;
import dev.vidimus.registry.question.Persons;
import dev.vidimus.server.http.Cookies;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.identity.Caller;
import dev.vidimus.server.identity.KeyLogin;
import dev.vidimus.server.identity.KnownCallers;
import dev.vidimus.server.pages.jte.JtejoinGenerated;
import dev.vidimus.server.pages.jte.JteloginGenerated;
import dev.vidimus.server.pages.jte.JteticketGenerated;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// How people come in and go: `/login`, `/logout`, `/join`.
final class SignInPages {
  private static final String NOT_ANY_MORE = "This link opens nothing, or not any more.";

  private final Registry registry;
  private final KeyLogin logins;
  private final KnownCallers callers;
  private final Pages pages;
  private final InstantSource clock;

  SignInPages(
      Registry registry, KeyLogin logins, KnownCallers callers, Pages pages, InstantSource clock) {
    this.registry = registry;
    this.logins = logins;
    this.callers = callers;
    this.pages = pages;
    this.clock = clock;
  }

  void login(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    String to = local(exchange.query().get("to"));
    String ticket = exchange.query().text("ticket");
    if (ticket.isEmpty()) {
      login(exchange, 200, to, "");
      return;
    }
    String person = logins.of(ticket);
    if (person == null) {
      login(exchange, 403, to, NOT_ANY_MORE);
      return;
    }
    // Not signed in by looking: whoever previews a link, or is led to one, would be.
    String name = pages.name(person);
    pages.show(
        exchange,
        pages.frame(exchange, "Sign in", ""),
        (out, frame) -> JteticketGenerated.render(out, null, frame, ticket, name));
  }

  private void login(Exchange exchange, int status, String to, String problem)
      throws IOException, Problem {
    String origin = exchange.origin();
    pages.show(
        exchange,
        status,
        pages.frame(exchange, "Sign in", ""),
        (out, frame) -> JteloginGenerated.render(out, null, frame, origin, to, problem));
  }

  /// A path of this server; anything else would lead a person elsewhere who trusts this one.
  private static String local(@Nullable String to) {
    if (to == null || !to.startsWith("/") || to.startsWith("//") || to.startsWith("/\\")) {
      return "/";
    }
    return to;
  }

  void signIn(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    requireOwnForm(exchange);
    String to = local(exchange.form().get("to"));
    String ticket = exchange.form().text("ticket");
    if (!ticket.isEmpty()) {
      String person = logins.use(ticket);
      if (person == null) {
        login(exchange, 403, to, NOT_ANY_MORE);
      } else {
        begin(exchange, person, to);
      }
      return;
    }
    String credential = exchange.form().text("credential").strip();
    Caller caller = credential.isEmpty() ? null : callers.byCredential(credential);
    if (caller == null || caller.service() || !hasAllRoles(caller)) {
      exchange.note("sign-in refused");
      login(exchange, 403, to, "This opens nothing here.");
      return;
    }
    begin(exchange, caller.id(), to);
  }

  private void begin(Exchange exchange, String person, String to) throws IOException, Problem {
    String session = Credential.session();
    registry.keep(
        sql -> {
          new Doors(sql).begin(person, session, clock.instant());
          return session;
        });
    exchange.header(
        "Set-Cookie", Cookies.header(session, Doors.SESSION.toSeconds(), isSecure(exchange)));
    exchange.redirect(303, to);
  }

  /// Whether the caller may do here whatever their person may: a token with less must not become a
  /// session with all of it.
  private boolean hasAllRoles(Caller caller) throws IOException, FormatException, CheckFailed {
    Persons.Person person = registry.ask(sql -> new Persons(sql).byId(caller.id()));
    return person != null
        && person.roles().stream().filter(role -> !role.isEmpty()).count() == caller.roles().size();
  }

  private static boolean isSecure(Exchange exchange) throws Problem {
    return exchange.origin().startsWith("https:");
  }

  void signOut(Exchange exchange) throws IOException, Problem {
    requireOwnForm(exchange);
    String session = exchange.caller().session();
    if (session != null) {
      registry.keep(
          sql -> {
            new Doors(sql).end(session);
            return session;
          });
      callers.forget();
    }
    exchange.header("Set-Cookie", Cookies.header("", 0, isSecure(exchange)));
    exchange.redirect(303, "/login");
  }

  void join(Exchange exchange) throws IOException {
    join(exchange, 200, "", "");
  }

  private void join(Exchange exchange, int status, String secret, String problem)
      throws IOException {
    pages.show(
        exchange,
        status,
        pages.frame(exchange, "Join", ""),
        (out, frame) -> JtejoinGenerated.render(out, null, frame, secret, problem));
  }

  void enter(Exchange exchange) throws IOException, FormatException, Problem {
    requireOwnForm(exchange);
    try {
      String secret = registry.enter(exchange.form().text("invitation").strip());
      callers.forget();
      join(exchange, 200, secret, "");
    } catch (CheckFailed e) {
      join(exchange, 403, "", "This invitation opens nothing, or not any more.");
    }
  }

  /// Nobody is signed in yet whose session a foreign page could use, and yet it must not sign
  /// somebody in as another.
  private static void requireOwnForm(Exchange exchange) throws Problem {
    String from = exchange.header("Origin");
    String site = exchange.header("Sec-Fetch-Site");
    if ((from != null && !from.equals(exchange.origin()))
        || (site != null && !site.equals("same-origin") && !site.equals("none"))) {
      throw Problem.forbidden("this form was not sent from here", "");
    }
  }
}
