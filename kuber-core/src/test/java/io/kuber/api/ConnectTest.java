package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.api.ApiRequest.Body;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What admission sees of connections to pods, services and nodes, and what it can say to them. */
final class ConnectTest {
  private static final String EXEC =
      "{kind: PodExecOptions, apiVersion: v1, command: [ls], tty: true}";

  private static final String PODS_EXEC =
      "apiGroups: [''], apiVersions: [v1], operations: [CONNECT], resources: [pods/exec]";

  private final Reviewed reviewed = new Reviewed();
  private final TestApi plane = reviewed.plane;

  private List<String> connect(Api api, ResourceType type, String part, String options) {
    try {
      var asked =
          api.connect(
              plane
                  .request(Verb.CREATE, type, "p")
                  .of(part)
                  .with(new Body.Whole(TestApi.yaml(options))));
      plane.loops.settle();
      return asked.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw (ApiException) e.getCause();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "operations: [CONNECT], resources: [pods/exec] | ''            | true",
        "operations: ['*'], resources: ['pods/*']      | ''            | true",
        "operations: [CREATE], resources: [pods/exec]  | ''            | false",
        "operations: [CONNECT], resources: [pods]      | ''            | false",
        "operations: [CONNECT], resources: [pods/attach] | ''          | false",
        "operations: [CONNECT], resources: [pods/exec] | ', objectSelector: {matchExpressions:"
            + " [{key: a, operator: DoesNotExist}]}' | false"
      })
  void holdsPoliciesThatAreAboutConnections(String rule, String more, boolean denied) {
    reviewed.policy(
        "resourceRules: [{apiGroups: [''], apiVersions: [v1], %s}]%s".formatted(rule, more),
        "expression: 'false', message: never");
    if (denied) {
      assertThatThrownBy(() -> connect(plane.api, Resources.PODS, "exec", EXEC))
          .isInstanceOf(ApiException.class)
          .hasMessage(
              "pods \"p\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied"
                  + " request: never");
    } else {
      assertThat(connect(plane.api, Resources.PODS, "exec", EXEC)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "object.kind == 'PodExecOptions' && object.command == ['ls'] && object.tty | true",
        "has(object.stdin)                                                          | false",
        "oldObject == null && request.name == 'p' && request.namespace == 'default' | true",
        "request.subResource == 'exec' && request.kind.kind == 'PodExecOptions'     | true",
        "namespaceObject.metadata.name == 'default'                                 | true"
      })
  void showsExpressionsTheOptions(String expression, boolean holds) {
    reviewed.policy(
        "resourceRules: [{%s}]".formatted(PODS_EXEC), "expression: \"%s\"".formatted(expression));
    if (holds) {
      assertThat(connect(plane.api, Resources.PODS, "exec", EXEC)).isEmpty();
    } else {
      assertThatThrownBy(() -> connect(plane.api, Resources.PODS, "exec", EXEC))
          .isInstanceOf(ApiException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"validating", "mutating"})
  void asksWebhooks(String kind) {
    reviewed.hook(kind, PODS_EXEC);
    Api api = reviewed.answering("{allowed: true, warnings: [beware]}");
    assertThat(connect(api, Resources.PODS, "exec", EXEC)).containsExactly("beware");
    assertThat(reviewed.reviews).hasSize(1);
    Tree review = reviewed.reviews.get(0);
    assertThat(review.text("operation")).isEqualTo("CONNECT");
    assertThat(review.tree("object")).isEqualTo(TestApi.yaml(EXEC));
    assertThat(review.get("oldObject")).isEqualTo(Nil.NIL);
    assertThat(review.get("options")).isEqualTo(Nil.NIL);
    assertThat(review.tree("kind"))
        .isEqualTo(TestApi.yaml("{group: '', version: v1, kind: PodExecOptions}"));
    assertThat(review.tree("resource"))
        .isEqualTo(TestApi.yaml("{group: '', version: v1, resource: pods}"));
    assertThat(review.text("subResource")).isEqualTo("exec");
    assertThat(review.text("name")).isEqualTo("p");
    assertThat(review.text("namespace")).isEqualTo("default");
  }

  @Test
  void refusesWhatAWebhookRefuses() {
    reviewed.hook("validating", PODS_EXEC);
    Api api = reviewed.answering("{allowed: false, status: {message: nobody looks in}}");
    assertThatThrownBy(() -> connect(api, Resources.PODS, "exec", EXEC))
        .isInstanceOf(ApiException.class)
        .hasMessage("admission webhook \"a.example.com\" denied the request: nobody looks in");
    assertThat(connect(api, Resources.PODS, "portforward", "{}")).isEmpty();
  }

  @Test
  void refusesAWebhookThatWantsOtherOptions() {
    reviewed.hook("mutating", PODS_EXEC);
    // [{"op":"add","path":"/stdin","value":true}]
    Api api =
        reviewed.answering(
            "{allowed: true, patchType: JSONPatch, patch:"
                + " W3sib3AiOiJhZGQiLCJwYXRoIjoiL3N0ZGluIiwidmFsdWUiOnRydWV9XQ==}");
    assertThatThrownBy(() -> connect(api, Resources.PODS, "exec", EXEC))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("attempted to modify the object, which is not supported");
  }

  @ParameterizedTest
  @CsvSource({"services, proxy", "nodes, proxy", "pods, attach"})
  void letsThroughWhatNobodyIsAbout(String resource, String part) {
    assertThat(connect(plane.api, plane.type(resource), part, "{kind: A, apiVersion: v1}"))
        .isEmpty();
  }
}
