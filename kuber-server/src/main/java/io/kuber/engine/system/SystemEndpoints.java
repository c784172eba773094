package io.kuber.engine.system;

import io.kuber.engine.EngineException;
import io.kuber.engine.wire.ApiVersion;
import io.kuber.engine.wire.Call;
import io.kuber.engine.wire.Routes;
import io.kuber.http.Response;
import io.kuber.object.Tree;
import java.io.IOException;

/**
 * {@code /_ping}, {@code /version}, {@code /info}, {@code /events}, {@code /system/df} and more.
 */
public final class SystemEndpoints {
  private final EngineFacts facts;
  private final HappeningLog log;
  private final LoginCheck logins;
  private final DiskParts disk;

  /** Tells of these facts, of what is in the log, and of what is on the disk. */
  public SystemEndpoints(EngineFacts facts, HappeningLog log, LoginCheck logins, DiskParts disk) {
    this.facts = facts;
    this.log = log;
    this.logins = logins;
    this.disk = disk;
  }

  /** Adds the routes. */
  public void addTo(Routes routes) {
    routes
        .add("GET", "/_ping", SystemEndpoints::ping)
        .add("HEAD", "/_ping", SystemEndpoints::ping)
        .add(
            "GET",
            "/version",
            call -> call.json(facts.version(ApiVersion.NEWEST, ApiVersion.OLDEST)))
        .add("GET", "/info", call -> call.json(facts.info()))
        .add("GET", "/events", new EventEndpoint(log)::answer)
        .add("GET", "/system/df", call -> call.json(disk.tree()))
        .add("POST", "/auth", this::login);
  }

  private static void ping(Call call) throws IOException {
    call.respond(
        Response.text(200, "OK")
            .with("Cache-Control", "no-cache, no-store, must-revalidate")
            .with("Pragma", "no-cache"));
  }

  private void login(Call call) throws IOException {
    Tree body = call.body();
    try {
      logins.check(body.text("serveraddress"), body.text("username"), body.text("password"));
    } catch (IOException e) {
      throw new EngineException(500, "login attempt failed: " + e.getMessage(), e);
    }
    call.json(Tree.of("Status", "Login Succeeded", "IdentityToken", ""));
  }
}
