package io.kuber.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.client.Client.ListOptions;
import io.kuber.http.Handler;
import io.kuber.json.Yaml;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.server.webhook.Webhook;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Custom resources in two versions, between which a webhook over HTTPS converts. */
@Timeout(120)
final class ConversionWebhookTest {
  private static final long PATIENCE_SECONDS = 60;
  private static final ResourceType V1 =
      new ResourceType("kuber.example", "v1", "Note", "notes", "note", true, List.of(), List.of());
  private static final ResourceType V2 = V1.in("kuber.example", "v2");

  private volatile Handler handler = exchange -> {};

  @TempDir private Path pki;
  private Webhook webhook;
  private Kuber kuber;

  @BeforeEach
  void start() throws Exception {
    webhook = new Webhook(pki, exchange -> handler.handle(exchange));
    kuber = Kuber.start();
  }

  @AfterEach
  void stop() {
    kuber.close();
    webhook.close();
  }

  private static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** Notes of v1 have a title, those of v2, which are stored, a heading. */
  private void define(String reviewVersion) throws Exception {
    String definition =
        """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: notes.kuber.example}
        spec:
          group: kuber.example
          names: {kind: Note, plural: notes, singular: note}
          scope: Namespaced
          conversion:
            strategy: Webhook
            webhook:
              conversionReviewVersions: [%s]
              clientConfig: {url: '%s', caBundle: %s}
          versions:
          - name: v1
            served: true
            storage: false
            schema:
              openAPIV3Schema: {type: object, properties: {title: {type: string}}}
          - name: v2
            served: true
            storage: true
            schema:
              openAPIV3Schema: {type: object, properties: {heading: {type: string}}}
        """
            .formatted(reviewVersion, webhook.url(), webhook.caBundle());
    Tree tree = Yaml.parse(definition.getBytes(StandardCharsets.UTF_8));
    await(kuber.client().create(Resources.CUSTOM_RESOURCE_DEFINITIONS, KubeObject.of(tree)));
    while (!isServed()) {
      Thread.onSpinWait();
    }
  }

  /** A kind that is served says of an object that it is not there. */
  private boolean isServed() throws Exception {
    return await(
        kuber
            .client()
            .get(V2, "default", "none")
            .handle((found, failure) -> String.valueOf(failure).contains("notes")));
  }

  private static Tree renamed(Tree object) {
    return object.has("title")
        ? object.without("title").with("heading", object.text("title"))
        : object.without("heading").with("title", object.text("heading"));
  }

  private CompletionStage<KubeObject> create(String name) {
    return kuber.client().create(V1, V1.object("default", name).with("Hello", "title"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "v1beta1"})
  void storesInOneVersionWhatIsWrittenInTheOther(String reviewVersion) throws Exception {
    handler = Webhook.converting(reviewVersion, ConversionWebhookTest::renamed);
    define(reviewVersion);

    KubeObject created = await(create("it"));

    assertThat(created.tree().text("title")).isEqualTo("Hello");
    assertThat(await(kuber.client().get(V2, "default", "it")).tree().text("heading"))
        .isEqualTo("Hello");
    assertThat(await(kuber.client().get(V1, "default", "it")).tree().text("title"))
        .isEqualTo("Hello");
  }

  /** A list is converted as a whole, not object by object. */
  @Test
  void isAskedOnceForAList() throws Exception {
    handler = Webhook.converting("v1", ConversionWebhookTest::renamed);
    define("v1");
    for (String name : List.of("a", "b", "c")) {
      await(create(name));
    }
    AtomicInteger reviews = new AtomicInteger();
    Handler converting = handler;
    handler =
        exchange -> {
          reviews.incrementAndGet();
          converting.handle(exchange);
        };

    List<KubeObject> notes = await(kuber.client().list(V1, "default", ListOptions.ALL)).objects();

    assertThat(notes).extracting(note -> note.tree().text("title")).containsOnly("Hello");
    assertThat(notes).extracting(KubeObject::name).containsExactly("a", "b", "c");
    assertThat(reviews).hasValue(1);
  }

  @Test
  void saysWhyAConversionFailed() throws Exception {
    handler = Webhook.converting("v1beta1", ConversionWebhookTest::renamed);
    define("v1");

    assertThatThrownBy(() -> await(create("it")))
        .hasMessageContaining(
            "conversion webhook for kuber.example/v1, Kind=Note failed: expected webhook response"
                + " of apiextensions.k8s.io/v1, Kind=ConversionReview, got"
                + " apiextensions.k8s.io/v1beta1, Kind=ConversionReview");
  }

  /** More requests wait for the webhook than there are threads for them. */
  @Test
  void holdsUpNobodyElseWhileItIsAsked() throws Exception {
    CompletableFuture<Handler> late = new CompletableFuture<>();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    handler =
        exchange -> {
          asked.complete(null);
          late.get(PATIENCE_SECONDS, TimeUnit.SECONDS).handle(exchange);
        };
    define("v1");
    List<CompletableFuture<KubeObject>> waiting =
        List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j").stream()
            .map(name -> create(name).toCompletableFuture())
            .toList();
    asked.get(PATIENCE_SECONDS, TimeUnit.SECONDS);

    KubeObject map = Resources.CONFIG_MAPS.object("default", "map");
    assertThat(await(kuber.client().create(Resources.CONFIG_MAPS, map)).uid()).isNotEmpty();
    assertThat(waiting).noneMatch(CompletableFuture::isDone);

    late.complete(Webhook.converting("v1", ConversionWebhookTest::renamed));
    for (CompletableFuture<KubeObject> note : waiting) {
      assertThat(await(note).uid()).isNotEmpty();
    }
  }
}
