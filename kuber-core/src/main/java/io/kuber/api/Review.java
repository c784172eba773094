package io.kuber.api;

import io.kuber.access.Access;
import io.kuber.access.Authentication;
import io.kuber.access.Authentication.Known;
import io.kuber.access.Authentication.Refused;
import io.kuber.access.Deed;
import io.kuber.access.Rights;
import io.kuber.access.Ruling;
import io.kuber.access.User;
import io.kuber.api.Fields.Checked;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Problems;
import io.kuber.resource.ResourceType;
import io.kuber.resource.Resources;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Answers questions about who somebody is and what they may do; nothing is stored
 * (pkg/registry/authentication, pkg/registry/authorization). What is known, {@link Access} knows.
 */
final class Review {
  private static final String INVALID = "invalid bearer token";

  /** How to answer one kind of question: the status for a request and its body. */
  @FunctionalInterface
  private interface Answer {
    Tree status(ApiRequest request, KubeObject review);
  }

  private final Access access;
  private final InstantSource clock;
  private final Map<ResourceType, Answer> answers =
      Map.of(
          Resources.TOKEN_REVIEWS, this::token,
          Resources.SELF_SUBJECT_REVIEWS, (request, review) -> self(request.user()),
          Resources.SUBJECT_ACCESS_REVIEWS, this::theirs,
          Resources.LOCAL_SUBJECT_ACCESS_REVIEWS, this::theirs,
          Resources.SELF_SUBJECT_ACCESS_REVIEWS, this::own,
          Resources.SELF_SUBJECT_RULES_REVIEWS, this::rules);

  Review(Access access, InstantSource clock) {
    this.access = access;
    this.clock = clock;
  }

  /** Whether objects of the type are questions. */
  boolean answers(ResourceType type) {
    return answers.containsKey(type);
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Lens lens) {
    Checked checked = Fields.check(request, lens);
    KubeObject sent = lens.placed(request, KubeObject.of(checked.object()));
    KubeObject review = lens.served().toStored(sent);
    Problems problems = new Problems();
    lens.kind().rules().check(review, problems);
    if (!problems.isEmpty()) {
      throw Failures.invalid(lens.type(), review.name(), problems.found());
    }
    Answer answer = answers.get(lens.kind().type());
    if (answer == null) {
      throw Failures.methodNotAllowed();
    }
    KubeObject answered =
        review
            .with(Times.text(clock.instant()), "metadata", "creationTimestamp")
            .with(answer.status(request, review), "status");
    return CompletableFuture.completedFuture(
        new ApiAnswer.One(lens.served().fromStored(answered), null, true, checked.warnings()));
  }

  private Tree token(ApiRequest request, KubeObject review) {
    String token = review.spec().text("token");
    if (token.isEmpty()) {
      throw Failures.badRequest("token is required for TokenReview in authentication");
    }
    List<String> asked = review.spec().items("audiences").texts();
    List<String> audiences = asked.isEmpty() ? access.issuer().audiences() : asked;
    Authentication answer = access.authenticator().authenticate(token, audiences);
    return answer instanceof Known known
        ? Tree.of(
            "authenticated",
            true,
            "user",
            info(known.user()),
            "audiences",
            Items.copyOf(known.audiences()))
        : Tree.of("user", Tree.EMPTY, "error", error(((Refused) answer).why()));
  }

  /** The list of reasons that upstream's authenticators give one after the other. */
  private static String error(String why) {
    return why.isEmpty() ? INVALID : "[" + INVALID + ", " + why + "]";
  }

  private static Tree self(User user) {
    return Tree.of("userInfo", info(user));
  }

  private static Tree info(User user) {
    Tree.Builder info = Tree.builder().put("username", user.name());
    if (!user.uid().isEmpty()) {
      info.put("uid", user.uid());
    }
    info.put("groups", Items.copyOf(user.groups()));
    if (!user.extra().isEmpty()) {
      Tree.Builder extra = Tree.builder();
      user.extra().forEach((name, values) -> extra.put(name, Items.copyOf(values)));
      info.put("extra", extra.build());
    }
    return info.build();
  }

  private Tree theirs(ApiRequest request, KubeObject review) {
    Tree spec = review.spec();
    return ruling(new User(spec.text("user"), spec.items("groups").texts()), spec);
  }

  private Tree own(ApiRequest request, KubeObject review) {
    return ruling(request.user(), review.spec());
  }

  private Tree ruling(User user, Tree spec) {
    Ruling ruling = access.authorizer().rule(user, deed(spec));
    Tree status = Tree.of("allowed", ruling.allowed());
    return ruling.reason().isEmpty() ? status : status.with("reason", ruling.reason());
  }

  private static Deed deed(Tree spec) {
    Tree path = spec.tree("nonResourceAttributes");
    Tree resource = spec.tree("resourceAttributes");
    return spec.has("nonResourceAttributes")
        ? new Deed.OnPath(path.text("verb"), path.text("path"))
        : new Deed.OnResource(
            resource.text("verb"),
            resource.text("group"),
            resource.text("version"),
            resource.text("resource"),
            resource.text("subresource"),
            resource.text("namespace"),
            resource.text("name"));
  }

  private Tree rules(ApiRequest request, KubeObject review) {
    String namespace = review.spec().text("namespace");
    if (namespace.isEmpty()) {
      throw Failures.badRequest("no namespace on request");
    }
    Rights rights = access.authorizer().rights(request.user(), namespace);
    return Tree.of(
        "resourceRules",
        Items.copyOf(rights.onResources().stream().map(Review::rule).toList()),
        "nonResourceRules",
        Items.copyOf(
            rights.onPaths().stream()
                .map(
                    rule ->
                        Tree.of(
                            "verbs",
                            Items.copyOf(rule.verbs()),
                            "nonResourceURLs",
                            Items.copyOf(rule.paths())))
                .toList()),
        "incomplete",
        rights.incomplete());
  }

  private static Tree rule(Rights.OnResources rule) {
    Tree tree =
        Tree.of(
            "verbs",
            Items.copyOf(rule.verbs()),
            "apiGroups",
            Items.copyOf(rule.groups()),
            "resources",
            Items.copyOf(rule.resources()));
    List<String> names = rule.names();
    return names.isEmpty() ? tree : tree.with("resourceNames", Items.copyOf(names));
  }
}
