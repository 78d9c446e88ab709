package dev.vidimus.server.pages;

import dev.vidimus.registry.Registry;
import dev.vidimus.server.http.Handler;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Route;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.KeyLogin;
import dev.vidimus.server.identity.KnownCallers;
import dev.vidimus.server.identity.Permission;
import dev.vidimus.server.identity.Signers;
import dev.vidimus.server.job.Submissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// All pages.
public final class PageRoutes {
  private final PageSurface surface;
  private final List<Route> routes = new ArrayList<>();

  private PageRoutes(PageSurface surface) {
    this.surface = surface;
  }

  public static List<Route> of(
      Registry registry,
      Signers signers,
      KeyLogin logins,
      KnownCallers callers,
      Submissions submissions,
      InstantSource clock) {
    Pages pages = new Pages(registry);
    PageRoutes all = new PageRoutes(new PageSurface(pages));
    LookPages look = new LookPages(registry, pages);
    ArtifactPages artifacts = new ArtifactPages(registry, pages);
    ActPages act = new ActPages(registry, signers, pages, artifacts);
    SubmitPages submit = new SubmitPages(submissions, pages, artifacts);
    LedgerPages ledger = new LedgerPages(registry, pages);
    SignInPages door = new SignInPages(registry, logins, callers, pages, clock);
    Assets assets = new Assets();
    all.get("/assets/{name}", Permission.PUBLIC, assets::send);
    all.get("/login", Permission.PUBLIC, door::login);
    all.post("/login", Permission.PUBLIC, door::signIn);
    all.post("/logout", Permission.PUBLIC, door::signOut);
    all.get("/join", Permission.PUBLIC, door::join);
    all.post("/join", Permission.PUBLIC, door::enter);
    all.get("/", Permission.READ, look::overview);
    all.get("/queue", Permission.READ, look::queue);
    all.get("/artifacts", Permission.READ, look::artifacts);
    all.get("/deployments", Permission.READ, look::deployments);
    all.get("/policy", Permission.READ, look::policy);
    all.get("/people", Permission.READ, look::people);
    all.get("/artifacts/{ref}", Permission.READ, artifacts::artifact);
    all.get("/artifacts/{ref}/decision", Permission.READ, artifacts::decision);
    all.get("/artifacts/{ref}/approve", Permission.REVIEW, x -> act.sign(x, false));
    all.post("/artifacts/{ref}/approve", Permission.REVIEW, x -> act.signed(x, false));
    all.get("/artifacts/{ref}/reject", Permission.REVIEW, x -> act.sign(x, true));
    all.post("/artifacts/{ref}/reject", Permission.REVIEW, x -> act.signed(x, true));
    all.get("/artifacts/{ref}/promote", Permission.RELEASE, act::promote);
    all.post("/artifacts/{ref}/promote", Permission.RELEASE, act::promoted);
    all.get("/revoke", Permission.SECURITY, act::revoke);
    all.post("/revoke", Permission.SECURITY, act::revoked);
    all.get("/submit", Permission.SUBMIT, submit::form);
    all.post("/submit", Permission.SUBMIT, submit::submit);
    all.get("/submissions/{id}", Permission.READ, submit::submission);
    all.get("/ledger", Permission.READ, ledger::ledger);
    all.get("/ledger/{index}", Permission.READ, ledger::entry);
    return List.copyOf(all.routes);
  }

  private void get(String pattern, Permission permission, Handler handler) {
    add(Verb.GET, pattern, permission, handler);
  }

  private void post(String pattern, Permission permission, Handler handler) {
    add(Verb.POST, pattern, permission, handler);
  }

  private void add(Verb verb, String pattern, Permission permission, Handler handler) {
    routes.add(Route.of(verb, pattern, permission, surface, Operation.of("A page.", ""), handler));
  }
}
