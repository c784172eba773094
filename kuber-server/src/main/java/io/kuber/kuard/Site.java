package io.kuber.kuard;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** All features and, in one list, the URL of each. */
final class Site {
  private final Settings settings;
  private final Metrics metrics;
  private final KeyGen keyGen;
  private final Probe liveness;
  private final Probe readiness;
  private final Memory memory = new Memory();
  private final Broker broker = new Broker();
  private final FileBrowser files = new FileBrowser(Path.of("/"));
  private final Resolver resolver = new Resolver(Path.of("/etc/resolv.conf"), Resolver.DNS_PORT);
  private final long started = System.nanoTime();

  Site(Settings settings, Metrics metrics, KeyGen keyGen) {
    this.settings = settings;
    this.metrics = metrics;
    this.keyGen = keyGen;
    this.liveness = new Probe("/healthy", settings.livenessFailNext());
    this.readiness = new Probe("/ready", settings.readinessFailNext());
  }

  Routes routes() {
    Routes routes = new Routes();
    pages(routes);
    probe(routes, liveness);
    probe(routes, readiness);
    return routes
        .get("/static/:name", this::resource)
        .get("/metrics", metrics::page)
        .get("/fs", call -> Reply.redirect(call.base() + "/fs/"))
        .get("/fs/*", this::file)
        .get("/env/api", call -> Reply.json(environment()))
        .get("/mem/api", call -> Reply.json(memory.json()))
        .post("/mem/api/alloc", this::allocate)
        .post("/mem/api/clear", call -> done(memory::clear))
        .post("/dns/api", this::resolve)
        .get("/keygen/api", call -> Reply.json(keyGen.json()))
        .put("/keygen", this::generate)
        .put("/keygen/api", this::generate)
        .get("/memq/server/stats", call -> Reply.json(stats()))
        .put("/memq/server/queues/:queue", call -> done(() -> broker.create(queue(call))))
        .delete("/memq/server/queues/:queue", call -> done(() -> broker.delete(queue(call))))
        .post("/memq/server/queues/:queue/drain", call -> done(() -> broker.drain(queue(call))))
        .post("/memq/server/queues/:queue/enqueue", this::enqueue)
        .post("/memq/server/queues/:queue/dequeue", this::dequeue);
  }

  /** The pages; short URLs such as /env give a browser the page and anybody else the JSON. */
  private void pages(Routes routes) {
    page(routes, "/-/env", Tab.ENV, () -> Views.environment(settings));
    page(routes, "/-/mem", Tab.MEMORY, () -> Views.memory(memory));
    page(routes, "/-/liveness", Tab.LIVENESS, () -> Forms.probe("Liveness probe", liveness));
    page(routes, "/-/readiness", Tab.READINESS, () -> Forms.probe("Readiness probe", readiness));
    page(routes, "/-/dns", Tab.DNS, Forms::dns);
    page(routes, "/-/keygen", Tab.KEYGEN, () -> Forms.keys(keyGen));
    page(routes, "/-/memq", Tab.MEMQ, () -> Forms.queues(broker.stats()));
    both(routes, "/env", Tab.ENV, this::environment, () -> Views.environment(settings));
    both(routes, "/mem", Tab.MEMORY, memory::json, () -> Views.memory(memory));
    both(routes, "/keygen", Tab.KEYGEN, keyGen::json, () -> Forms.keys(keyGen));
    both(routes, "/memq", Tab.MEMQ, this::stats, () -> Forms.queues(broker.stats()));
    page(routes, "/dns", Tab.DNS, Forms::dns);
    routes.get("/", call -> show(call, Tab.REQUEST, Views.request(call)));
    routes.get("/-/*", call -> show(call, Tab.REQUEST, Views.request(call)));
  }

  private void page(Routes routes, String path, Tab tab, Supplier<Html> body) {
    routes.get(path, call -> show(call, tab, body.get()));
  }

  private void both(
      Routes routes,
      String path,
      Tab tab,
      Supplier<Map<String, Object>> json,
      Supplier<Html> body) {
    routes.get(
        path, call -> call.wantsHtml() ? show(call, tab, body.get()) : Reply.json(json.get()));
  }

  private static void probe(Routes routes, Probe probe) {
    String api = probe.path() + "/api";
    routes.get(probe.path(), probe::check).get(api, call -> Reply.json(probe.json()));
    routes.put(
        api,
        call -> {
          probe.failNext(call.fields().number("failNext", Integer.MIN_VALUE, Probe.MAX_FAILURES));
          return Reply.json(probe.json());
        });
  }

  private Reply show(Call call, Tab tab, Html body) {
    Pod pod = Pod.here(settings.version(), settings.environment());
    Duration up = Duration.ofNanos(System.nanoTime() - started);
    return Reply.html(new Page(pod, metrics.requests() + 1, up).show(call, tab, body));
  }

  private Reply resource(Call call) throws IOException {
    String name = call.name("name");
    String type =
        switch (name) {
          case "kuard.css" -> "text/css; charset=utf-8";
          case "kuard.js" -> "text/javascript; charset=utf-8";
          case "kuard.svg" -> "image/svg+xml";
          default -> throw new Refusal(404, "no such resource: " + name);
        };
    try (InputStream in = Site.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException("the jar lacks the resource " + name);
      }
      byte[] bytes = in.readAllBytes();
      return new Reply(200, type, bytes.length, out -> out.write(bytes), Map.of());
    }
  }

  private Reply file(Call call) throws IOException {
    Path place = files.place(call.name("*"));
    if (!Files.exists(place)) {
      throw new Refusal(404, "no such file: " + place);
    }
    if (!Files.isReadable(place)) {
      throw new Refusal(403, "not readable: " + place);
    }
    boolean endsInSlash = call.path().endsWith("/");
    if (Files.isDirectory(place) && endsInSlash) {
      return show(call, Tab.FILES, Views.files(call, files.list(place)));
    }
    String location = call.uri().getRawPath();
    if (Files.isDirectory(place)) {
      return Reply.redirect(location.substring(location.lastIndexOf('/') + 1) + "/");
    }
    return endsInSlash ? Reply.redirect("../" + place.getFileName()) : FileBrowser.send(place);
  }

  private Map<String, Object> environment() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("commandLine", settings.commandLine());
    json.put("env", settings.environment());
    return json;
  }

  private Reply allocate(Call call) {
    String size = call.query("size").orElseThrow(() -> Refusal.badRequest("size not specified"));
    try {
      memory.allocate(Long.parseLong(size));
    } catch (NumberFormatException e) {
      throw Refusal.badRequest("size is not a number of bytes: " + size);
    }
    return Reply.json(memory.json());
  }

  private Reply resolve(Call call) throws IOException {
    Fields asked = call.fields();
    return Reply.json(Map.of("result", resolver.ask(asked.string("type"), asked.string("name"))));
  }

  private Reply generate(Call call) throws IOException {
    keyGen.replace(KeyWork.of(call.fields()));
    return Reply.json(keyGen.json());
  }

  private Map<String, Object> stats() {
    List<Map<String, Object>> queues = broker.stats().stream().map(WorkQueue.Stat::json).toList();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", "stats");
    json.put("queues", queues);
    return json;
  }

  private Reply enqueue(Call call) throws IOException {
    return Reply.json(broker.enqueue(queue(call), call.text()).json());
  }

  private Reply dequeue(Call call) {
    return broker
        .dequeue(queue(call))
        .map(message -> Reply.json(message.json()))
        .orElseGet(() -> Reply.empty(204));
  }

  private static String queue(Call call) {
    return call.name("queue");
  }

  private static Reply done(Runnable action) {
    action.run();
    return Reply.empty(200);
  }
}
