package io.kuber.api;

import io.kuber.access.Superusers;
import io.kuber.admission.AdmissionChain;
import io.kuber.admission.webhook.AdmissionReviews;
import io.kuber.admission.webhook.AdmissionWebhooks;
import io.kuber.object.Tree;
import io.kuber.resource.Resources;
import io.kuber.resource.builtin.BuiltInKinds;
import java.util.ArrayList;
import java.util.List;

/** An API with policies and webhooks, of which the network is left out. */
final class Reviewed {
  final TestApi plane = new TestApi();

  /** What webhooks were asked. */
  final List<Tree> reviews = new ArrayList<>();

  /** The API of that plane with webhooks that all answer this. */
  Api answering(String response) {
    AdmissionReviews webhook =
        (target, review, timeout) -> {
          reviews.add(review.tree("request"));
          return review
              .without("request")
              .with("response", TestApi.yaml(response).with("uid", review.text("request", "uid")));
        };
    return new Api(
        plane.store,
        plane.hub,
        BuiltInKinds::catalogue,
        AdmissionChain.standard(
            plane.loops, new Superusers(), new AdmissionWebhooks(plane.store::image, webhook)),
        plane.loops);
  }

  /** Binds a policy that denies. */
  void policy(String constraints, String validation) {
    plane.create(
        Resources.VALIDATING_ADMISSION_POLICIES,
        "{metadata: {name: p}, spec: {matchConstraints: {%s}, validations: [{%s}]}}"
            .formatted(constraints, validation));
    plane.create(
        Resources.VALIDATING_ADMISSION_POLICY_BINDINGS,
        "{metadata: {name: b}, spec: {policyName: p, validationActions: [Deny]}}");
  }

  /**
   * Registers a webhook.
   *
   * @param kind {@code validating} or {@code mutating}
   */
  void hook(String kind, String rule) {
    plane.create(
        plane.type(kind + "webhookconfigurations.admissionregistration.k8s.io"),
        "{metadata: {name: w}, webhooks: [{name: a.example.com, sideEffects: None,"
            + " admissionReviewVersions: [v1], clientConfig: {url: 'https://hook.example.com'},"
            + " rules: [{%s}]}]}".formatted(rule));
  }
}
