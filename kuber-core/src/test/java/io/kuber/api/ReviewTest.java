package io.kuber.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kuber.access.Access;
import io.kuber.access.AdministratorsOnly;
import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.Authorizer;
import io.kuber.access.Deed;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.TokenIssuer;
import io.kuber.access.User;
import io.kuber.admission.AdmissionChain;
import io.kuber.api.ApiAnswer.One;
import io.kuber.api.ApiRequest.Body;
import io.kuber.loop.SimulatedLoops;
import io.kuber.object.Tree;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import io.kuber.resource.Verb;
import io.kuber.resource.builtin.BuiltInKinds;
import io.kuber.store.LocalStore;
import io.kuber.watch.WatchHub;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Questions about who somebody is and what they may do. */
class ReviewTest {
  private static final User JANE = new User("jane", List.of("dev", "system:authenticated"));

  private final SimulatedLoops loops = new SimulatedLoops(1, TestApi.START);
  private final LocalStore store = new LocalStore();
  private final Api api =
      new Api(
          store,
          WatchHub.of(store),
          BuiltInKinds::catalogue,
          AdmissionChain.standard(loops),
          new Access(
              (token, audiences) ->
                  token.equals("good") ? new Known(JANE, audiences) : new Refused("it has ended"),
              TokenIssuer.NONE,
              new Telling(new AdministratorsOnly())),
          loops);

  /** Has a reason for whatever another refuses. */
  private record Telling(Authorizer other) implements Authorizer {
    @Override
    public Ruling rule(User user, Deed deed) {
      return other.rule(user, deed).allowed()
          ? Ruling.ALLOWED
          : Ruling.refuse("nothing says that " + user.name() + " may");
    }

    @Override
    public Rights rights(User user, String namespace) {
      return other.rights(user, namespace);
    }
  }

  private Tree status(User user, ResourceType type, String review) {
    ApiRequest request =
        ApiRequest.of(Verb.CREATE, type, type.namespaced() ? "default" : "", "", user)
            .with(new Body.Whole(TestApi.yaml(review)));
    One answer = (One) api.handle(request).toCompletableFuture().join();
    assertThat(answer.created()).isTrue();
    assertThat(answer.object().kind()).isEqualTo(type.kind());
    return answer.object().status();
  }

  @Test
  void tellsWhoAsks() {
    Tree info = status(JANE, Resources.SELF_SUBJECT_REVIEWS, "{}").tree("userInfo");
    assertThat(info.text("username")).isEqualTo("jane");
    assertThat(info.items("groups").texts()).containsExactly("dev", "system:authenticated");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{resourceAttributes: {verb: list, resource: pods}} | false",
        "{resourceAttributes: {verb: create, group: authorization.k8s.io, resource:"
            + " selfsubjectrulesreviews}} | true",
        "{nonResourceAttributes: {verb: get, path: /healthz/ping}} | true",
        "{nonResourceAttributes: {verb: get, path: /metrics}} | false"
      })
  void tellsWhatAsksMayDo(String deed, boolean allowed) {
    String review = "{spec: " + deed + "}";
    assertThat(status(JANE, Resources.SELF_SUBJECT_ACCESS_REVIEWS, review).isTrue("allowed"))
        .isEqualTo(allowed);
    assertThat(
            status(TestApi.USER, Resources.SELF_SUBJECT_ACCESS_REVIEWS, review).isTrue("allowed"))
        .isTrue();
  }

  @Test
  void tellsWhatOthersMayDo() {
    String deed = "resourceAttributes: {verb: get, resource: pods, namespace: default}";
    String root = "{spec: {user: root, groups: ['system:masters'], " + deed + "}}";
    assertThat(status(TestApi.USER, Resources.SUBJECT_ACCESS_REVIEWS, root).isTrue("allowed"))
        .isTrue();
    Tree refused =
        status(
            TestApi.USER,
            Resources.LOCAL_SUBJECT_ACCESS_REVIEWS,
            "{spec: {user: jane, " + deed + "}}");
    assertThat(refused.get("allowed")).isEqualTo(false);
    assertThat(refused.text("reason")).isEqualTo("nothing says that jane may");
  }

  @Test
  void listsRights() {
    Tree all =
        status(TestApi.USER, Resources.SELF_SUBJECT_RULES_REVIEWS, "{spec: {namespace: default}}");
    assertThat(all.items("resourceRules").tree(0).items("verbs").texts()).containsExactly("*");
    assertThat(all.items("nonResourceRules").tree(0).items("nonResourceURLs").texts())
        .containsExactly("*");
    Tree few = status(JANE, Resources.SELF_SUBJECT_RULES_REVIEWS, "{spec: {namespace: default}}");
    assertThat(few.items("resourceRules").size()).isEqualTo(2);
    assertThat(few.get("incomplete")).isEqualTo(false);
  }

  @Test
  void tellsWhoseTokenItIs() {
    Tree known = status(TestApi.USER, Resources.TOKEN_REVIEWS, "{spec: {token: good}}");
    assertThat(known.isTrue("authenticated")).isTrue();
    assertThat(known.text("user", "username")).isEqualTo("jane");
    assertThat(known.items("audiences").texts()).isEqualTo(TokenIssuer.API_AUDIENCES);
    Tree unknown = status(TestApi.USER, Resources.TOKEN_REVIEWS, "{spec: {token: bad}}");
    assertThat(unknown.isTrue("authenticated")).isFalse();
    assertThat(unknown.text("error")).isEqualTo("[invalid bearer token, it has ended]");
  }

  @Test
  void refusesQuestionsThatMakeNoSense() {
    assertThatThrownBy(() -> status(JANE, Resources.SELF_SUBJECT_ACCESS_REVIEWS, "{spec: {}}"))
        .hasMessageContaining(
            "spec: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes"
                + " must be specified");
    assertThatThrownBy(
            () ->
                status(
                    JANE,
                    Resources.SUBJECT_ACCESS_REVIEWS,
                    "{spec: {resourceAttributes: {verb: get}}}"))
        .hasMessageContaining("at least one of user or group must be specified");
    assertThatThrownBy(
            () ->
                status(
                    JANE,
                    Resources.LOCAL_SUBJECT_ACCESS_REVIEWS,
                    "{spec: {user: x, resourceAttributes: {verb: get, namespace: other}}}"))
        .hasMessageContaining("must match metadata.namespace");
    assertThatThrownBy(() -> status(JANE, Resources.SELF_SUBJECT_RULES_REVIEWS, "{spec: {}}"))
        .hasMessageContaining("no namespace on request");
  }

  @Test
  void storesNothing() {
    long before = store.image().revision();
    status(JANE, Resources.SELF_SUBJECT_REVIEWS, "{}");
    assertThat(store.image().revision()).isEqualTo(before);
  }
}
