package io.kuber.resource.custom;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;
import io.kuber.object.Tree;
import io.kuber.resource.Conversion;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The strategy {@code Webhook}: a webhook converts objects, and may change nothing of their
 * metadata but labels and annotations (apiextensions-apiserver,
 * pkg/apiserver/conversion/webhook_converter.go).
 */
final class WebhookConversion implements Conversion {
  private static final List<String> KNOWN_REVIEWS = List.of("v1", "v1beta1");

  private final String group;
  private final CompiledVersion version;
  private final CompiledVersion stored;
  private final ConversionReviews reviews;
  private final WebhookTarget target;
  private final String reviewVersion;

  WebhookConversion(
      Definition definition,
      CompiledVersion version,
      CompiledVersion stored,
      ConversionReviews reviews) {
    Tree webhook = definition.conversion().tree("webhook");
    this.group = definition.group();
    this.version = version;
    this.stored = stored;
    this.reviews = reviews;
    this.target = WebhookTarget.of(webhook.tree("clientConfig"));
    this.reviewVersion =
        webhook.items("conversionReviewVersions").texts().stream()
            .filter(KNOWN_REVIEWS::contains)
            .findFirst()
            .orElse("v1");
  }

  @Override
  public boolean waits() {
    return true;
  }

  @Override
  public void check(KubeObject sent, Problems problems) {
    SchemaCheck.check(version.defaulted(sent).tree(), null, version.schema(), "")
        .reportTo(problems);
  }

  @Override
  public KubeObject toStored(KubeObject sent) {
    return converted(List.of(version.defaulted(sent)), stored).get(0);
  }

  @Override
  public KubeObject fromStored(KubeObject object) {
    return fromStored(List.of(object)).get(0);
  }

  @Override
  public List<KubeObject> fromStored(List<KubeObject> objects) {
    return objects.isEmpty()
        ? objects
        : converted(objects, version).stream().map(version::defaulted).toList();
  }

  /** All objects are of one version, which is that of the first. */
  private List<KubeObject> converted(List<KubeObject> objects, CompiledVersion to) {
    String wanted = group + "/" + to.spec().name();
    Items trees = Items.copyOf(objects.stream().map(KubeObject::tree).toList());
    // Derived from the objects, so that a simulation replays the same review.
    String uid =
        UUID.nameUUIDFromBytes((trees + wanted).getBytes(StandardCharsets.UTF_8)).toString();
    Tree request = Tree.of("uid", uid, "desiredAPIVersion", wanted, "objects", trees);
    Tree review =
        Tree.of(
            "kind",
            "ConversionReview",
            "apiVersion",
            "apiextensions.k8s.io/" + reviewVersion,
            "request",
            request);
    KubeObject first = objects.get(0);
    String what = "conversion webhook for " + first.apiVersion() + ", Kind=" + first.kind();
    Tree answer;
    try {
      answer = reviews.send(target, review);
    } catch (ConversionException failed) {
      throw new ConversionException(what + " failed: " + failed.getMessage());
    }
    Items results = accepted(answer, uid, objects.size(), what);
    List<KubeObject> converted = new ArrayList<>(objects.size());
    for (int i = 0; i < objects.size(); i++) {
      Tree result = checked(KubeObject.of(results.tree(i)), wanted, objects.get(i), i, what);
      converted.add(KubeObject.of(to.pruned(result).object()));
    }
    return converted;
  }

  private Items accepted(Tree answer, String uid, int expected, String what) {
    checkType(answer, what);
    Tree response = answer.tree("response");
    if (!answer.has("response")) {
      throw new ConversionException(what + " failed: no response provided");
    }
    if (reviewVersion.equals("v1") && !response.text("uid").equals(uid)) {
      throw new ConversionException(
          what
              + " failed: expected response.uid=\""
              + uid
              + "\", got \""
              + response.text("uid")
              + '"');
    }
    String status = response.text("result", "status");
    if (!status.equals("Success")) {
      String message = response.text("result", "message");
      throw new ConversionException(
          what
              + " failed: "
              + (message.isEmpty()
                  ? "response.result.status was '" + status + "', not 'Success'"
                  : message));
    }
    Items objects = response.items("convertedObjects");
    if (objects.size() != expected) {
      throw new ConversionException(
          what + " returned " + objects.size() + " objects, expected " + expected);
    }
    return objects;
  }

  private void checkType(Tree answer, String what) {
    String wanted = "apiextensions.k8s.io/" + reviewVersion + ", Kind=ConversionReview";
    String got = answer.text("apiVersion") + ", Kind=" + answer.text("kind");
    if (!got.equals(wanted)) {
      throw new ConversionException(
          what + " failed: expected webhook response of " + wanted + ", got " + got);
    }
  }

  private static Tree checked(
      KubeObject converted, String wanted, KubeObject object, int index, String what) {
    String invalid = what + " returned invalid object";
    String there = invalid + " at index " + index;
    if (!converted.apiVersion().equals(wanted)) {
      throw new ConversionException(
          there
              + ": invalid groupVersion (expected "
              + wanted
              + ", received "
              + converted.apiVersion()
              + ")");
    }
    if (!converted.kind().equals(object.kind())) {
      throw new ConversionException(
          there
              + ": invalid kind (expected "
              + object.kind()
              + ", received "
              + converted.kind()
              + ")");
    }
    checkSame(invalid, "name", object.name(), converted.name());
    checkSame(invalid, "namespace", object.namespace(), converted.namespace());
    checkSame(invalid, "UID", object.uid(), converted.uid());
    Problems problems = new Problems();
    MetadataCheck.checkLabels(FieldPath.METADATA.child("labels"), converted.labels(), problems);
    MetadataCheck.checkAnnotations(
        FieldPath.METADATA.child("annotation"), converted.annotations(), problems);
    if (!problems.isEmpty()) {
      throw new ConversionException(
          what + " returned invalid metadata: " + problems.found().get(0));
    }
    Tree metadata = object.metadata();
    for (String name : new String[] {"labels", "annotations"}) {
      Object kept = converted.metadata().get(name);
      metadata = kept == null ? metadata.without(name) : metadata.with(name, kept);
    }
    return converted.tree().with("metadata", metadata);
  }

  private static void checkSame(String invalid, String what, String old, String converted) {
    if (!old.equals(converted)) {
      throw new ConversionException(
          invalid + ": must have the same " + what + ": " + old + " != " + converted);
    }
  }
}
