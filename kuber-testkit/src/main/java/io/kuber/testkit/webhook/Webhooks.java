package io.kuber.testkit.webhook;

import io.kuber.client.Client;
import io.kuber.client.Client.PatchType;
import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.server.webhook.Reviews;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Webhooks of a test, each told to the cluster by the object that real ones need: a {@code
 * MutatingWebhookConfiguration}, a {@code ValidatingWebhookConfiguration}, or the conversion of a
 * {@code CustomResourceDefinition}.
 *
 * <pre>{@code
 * webhooks.validate("no-latest", Writes.create("pods"),
 *     review -> isLatest(review.object()) ? Verdict.deny("latest is no version") : Verdict.allow());
 * webhooks.mutate("team", Writes.create("pods"),
 *     pod -> pod.with("shop", "metadata", "labels", "team"));
 * }</pre>
 *
 * <p>Within the process, without a port, unless it is {@link #overHttps}. For any thread.
 */
public final class Webhooks implements AutoCloseable {
  private static final String MANAGER_DOMAIN = ".webhooks.kuber.io";
  private static final int PATIENCE_SECONDS = 60;

  private final Supplier<Client> clients;
  private final String place;
  private final boolean isOverHttps;
  private final Port port;

  /** The port of a cluster's webhooks, opened when the first one wants it. */
  private static final class Port {
    private final InstantSource clock;
    private @Nullable HttpsWebhooks server;

    Port(InstantSource clock) {
      this.clock = clock;
    }

    synchronized HttpsWebhooks open() {
      if (server == null) {
        try {
          server = HttpsWebhooks.start(clock.instant());
        } catch (Exception e) {
          throw new IllegalStateException("no port could be opened for webhooks", e);
        }
      }
      return server;
    }

    synchronized void close() {
      if (server != null) {
        server.close();
        server = null;
      }
    }
  }

  private Webhooks(Supplier<Client> clients, String place, boolean isOverHttps, Port port) {
    this.clients = clients;
    this.place = place;
    this.isOverHttps = isOverHttps;
    this.port = port;
  }

  /**
   * Webhooks of the cluster that the client writes to; it is asked for once it is needed.
   *
   * @param clock of the cluster, by which their certificates are valid
   */
  public static Webhooks of(Supplier<Client> clients, InstantSource clock) {
    return new Webhooks(clients, InProcess.newPlace(), false, new Port(clock));
  }

  /** Asks the webhooks of this process here, and all others over the network. */
  public static Reviews before(Reviews network) {
    return InProcess.before(network);
  }

  /** The same webhooks at a port of this machine, with a certificate that configurations trust. */
  public Webhooks overHttps() {
    return new Webhooks(clients, place, true, port);
  }

  /** A webhook that may change what is written; one of the same name is replaced. */
  public void mutate(String name, Writes writes, UnaryOperator<KubeObject> change) {
    mutating(name, writes, review -> Verdict.change(change.apply(review.object())));
  }

  /** A webhook that may change what is written, warn, and refuse. */
  public void mutating(String name, Writes writes, Reviewer reviewer) {
    Tree hook = hook(name, writes, serve(name, reviewer));
    configure(
        Resources.MUTATING_WEBHOOK_CONFIGURATIONS,
        name,
        writes.isReinvoked() ? hook.with("reinvocationPolicy", "IfNeeded") : hook);
  }

  /** A webhook that may refuse what is written, and warn. */
  public void validate(String name, Writes writes, Reviewer reviewer) {
    configure(
        Resources.VALIDATING_WEBHOOK_CONFIGURATIONS,
        name,
        hook(name, writes, serve(name, reviewer)));
  }

  /**
   * Converts the custom resources of a definition that is there already.
   *
   * @param definition its name, such as {@code widgets.example.com}
   */
  public void convert(String definition, Converter converter) {
    Endpoint endpoint = add(definition, Answers.of(converter));
    Tree webhook =
        Tree.of(
            "conversionReviewVersions", Items.of("v1"), "clientConfig", endpoint.clientConfig());
    Tree conversion = Tree.of("strategy", "Webhook", "webhook", webhook);
    await(
        clients
            .get()
            .patch(
                Resources.CUSTOM_RESOURCE_DEFINITIONS,
                "",
                definition,
                "",
                PatchType.MERGE,
                Tree.of("spec", Tree.of("conversion", conversion))));
  }

  /** Answers reviews of a configuration that the test writes itself, which needs the endpoint. */
  public Endpoint serve(String name, Reviewer reviewer) {
    return add(name, Answers.of(reviewer));
  }

  /** The same with whole reviews as JSON, for code that has a webhook already. */
  public Endpoint serveJson(String name, UnaryOperator<String> webhook) {
    return add(name, review -> parsed(webhook.apply(text(review))));
  }

  private static String text(Tree review) {
    return new String(Json.print(review), StandardCharsets.UTF_8);
  }

  private static Tree parsed(String json) {
    try {
      return Json.parse(json.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedException e) {
      throw new IllegalArgumentException("the webhook answered no JSON: " + e.getMessage(), e);
    }
  }

  /** Takes a webhook away from the cluster; one that is not there is gone already. */
  public void remove(String name) {
    for (ResourceType type :
        new ResourceType[] {
          Resources.MUTATING_WEBHOOK_CONFIGURATIONS, Resources.VALIDATING_WEBHOOK_CONFIGURATIONS
        }) {
      await(
          clients
              .get()
              .delete(type, "", name, Client.DeleteOptions.DEFAULT)
              .handle((done, notThere) -> true));
    }
  }

  private Endpoint add(String name, UnaryOperator<Tree> webhook) {
    return isOverHttps ? port.open().add(name, webhook) : InProcess.add(place, name, webhook);
  }

  private static Tree hook(String name, Writes writes, Endpoint endpoint) {
    return Tree.of(
        "name",
        name + MANAGER_DOMAIN,
        "clientConfig",
        endpoint.clientConfig(),
        "rules",
        writes.rules(),
        "failurePolicy",
        writes.isLenient() ? "Ignore" : "Fail",
        "sideEffects",
        "None",
        "admissionReviewVersions",
        Items.of("v1"));
  }

  private void configure(ResourceType type, String name, Tree hook) {
    KubeObject configuration =
        KubeObject.of(type.object("", name).tree().with("webhooks", Items.of(hook)));
    await(clients.get().apply(type, "", configuration, true));
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException refused ? refused : e;
    }
  }

  /** Forgets all of them, and closes the port. May be repeated. */
  @Override
  public void close() {
    InProcess.clear(place);
    port.close();
  }
}
