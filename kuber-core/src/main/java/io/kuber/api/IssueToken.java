package io.kuber.api;

import io.kuber.access.TokenClaims;
import io.kuber.access.TokenClaims.Bound;
import io.kuber.access.TokenClaims.Thing;
import io.kuber.access.TokenIssuer;
import io.kuber.api.Fields.Checked;
import io.kuber.loop.Loops;
import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.Resources;
import io.kuber.resource.Served;
import io.kuber.resource.Verb;
import io.kuber.store.Image;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * {@code serviceaccounts/token}: a token for a service account, which is nowhere kept
 * (pkg/registry/core/serviceaccount/storage/token.go).
 */
final class IssueToken {
  private static final long DEFAULT_SECONDS = 3600;
  private static final long MIN_SECONDS = 600;
  private static final long MAX_SECONDS = 1L << 32;

  /**
   * Clients older than tokens that end do not read theirs again: pods' tokens of just this lifetime
   * live longer, and only warn when it is over.
   */
  private static final long EXTENDED_WHEN_SECONDS = 3607;

  private static final long EXTENDED_SECONDS = 365L * 24 * 60 * 60;
  private static final FieldPath EXPIRATION = FieldPath.SPEC.child("expirationSeconds");
  private static final TokenFacet FACET = new TokenFacet();

  private final TokenIssuer issuer;
  private final Admission admission;
  private final Loops loops;
  private final Freshness freshness;

  IssueToken(TokenIssuer issuer, Admission admission, Loops loops, Freshness freshness) {
    this.issuer = issuer;
    this.admission = admission;
    this.loops = loops;
    this.freshness = freshness;
  }

  CompletionStage<ApiAnswer> handle(ApiRequest request, Served served) {
    Lens lens = new Lens(served, FACET);
    Checked checked = Fields.check(request, lens);
    KubeObject sent = lens.placed(request, KubeObject.of(checked.object()));
    checkNames(request, sent);
    return freshness
        .image("")
        .thenApply(
            image ->
                new ApiAnswer.One(
                    answer(request, served, sent, image), null, true, checked.warnings()));
  }

  private KubeObject answer(ApiRequest request, Served served, KubeObject sent, Image image) {
    KubeObject account =
        TokenBinding.get(image, Resources.SERVICE_ACCOUNTS, request.namespace(), request.name());
    if (!sent.uid().isEmpty() && !sent.uid().equals(account.uid())) {
      throw conflict(
          TokenFacet.GROUP,
          TokenFacet.KIND,
          account.name(),
          "the UID in the token request (%s) does not match the UID of the service account (%s)"
              .formatted(sent.uid(), account.uid()));
    }
    Instant now = loops.clock().instant();
    KubeObject asked =
        admission.admit(
            new Admission.Request(
                Verb.CREATE,
                served.kind(),
                request.subresource(),
                completed(sent, account, now),
                null,
                request.user(),
                image,
                new Said(request).part()));
    checkSpec(asked.spec());
    Tree wanted = asked.spec().tree("boundObjectRef");
    List<Bound> bound =
        wanted.isEmpty() ? List.of() : new TokenBinding(image, account).bound(wanted);
    String token =
        issuer
            .issue(claims(asked.spec(), account, bound, now))
            .orElseThrow(Failures::unknownResource);
    Instant end = now.plusSeconds(seconds(asked.spec()));
    return asked.with(Tree.of("expirationTimestamp", Times.text(end), "token", token), "status");
  }

  private KubeObject completed(KubeObject sent, KubeObject account, Instant now) {
    Tree spec = sent.spec();
    Items audiences = spec.items("audiences");
    return sent.with(account.name(), "metadata", "name")
        .with(account.namespace(), "metadata", "namespace")
        .with(account.uid(), "metadata", "uid")
        .with(Times.text(now), "metadata", "creationTimestamp")
        .with(
            spec.with(
                    "audiences", audiences.isEmpty() ? Items.copyOf(issuer.audiences()) : audiences)
                .with("expirationSeconds", seconds(spec)),
            "spec");
  }

  private TokenClaims claims(Tree spec, KubeObject account, List<Bound> bound, Instant now) {
    List<String> audiences = spec.items("audiences").texts();
    long seconds = seconds(spec);
    boolean extended =
        seconds == EXTENDED_WHEN_SECONDS
            && bound.stream().anyMatch(one -> one.thing() == Thing.POD)
            && issuer.audiences().containsAll(audiences);
    return new TokenClaims(
        loops.entropy().uuid().toString(),
        account.namespace(),
        TokenBinding.ref(account),
        bound,
        audiences,
        now,
        now.plusSeconds(extended ? EXTENDED_SECONDS : seconds),
        extended ? now.plusSeconds(seconds) : null);
  }

  private static long seconds(Tree spec) {
    return spec.number(DEFAULT_SECONDS, "expirationSeconds");
  }

  private static void checkNames(ApiRequest request, KubeObject sent) {
    Problems problems = new Problems();
    if (!sent.name().isEmpty() && !sent.name().equals(request.name())) {
      problems.invalid(
          FieldPath.METADATA.child("name"),
          sent.name(),
          "must match the service account name if specified");
    } else if (!sent.namespace().isEmpty() && !sent.namespace().equals(request.namespace())) {
      problems.invalid(
          FieldPath.METADATA.child("namespace"),
          sent.namespace(),
          "must match the service account namespace if specified");
    }
    refuse(problems, request.name());
  }

  private static void checkSpec(Tree spec) {
    Problems problems = new Problems();
    long seconds = seconds(spec);
    if (seconds < MIN_SECONDS) {
      problems.invalid(EXPIRATION, seconds, "may not specify a duration less than 10 minutes");
    }
    if (seconds > MAX_SECONDS) {
      problems.invalid(EXPIRATION, seconds, "may not specify a duration larger than 2^32 seconds");
    }
    refuse(problems, "");
  }

  private static void refuse(Problems problems, String name) {
    if (!problems.isEmpty()) {
      throw Failures.invalid(TokenFacet.GROUP, TokenFacet.KIND, name, problems.found());
    }
  }

  static ApiException conflict(String group, String kind, String name, String why) {
    String qualified = group.isEmpty() ? kind : kind + "." + group;
    return new ApiException(
        StatusReason.CONFLICT,
        "Operation cannot be fulfilled on " + qualified + " \"" + name + "\": " + why,
        new ApiException.Details(name, group, kind, "", List.of(), 0));
  }
}
