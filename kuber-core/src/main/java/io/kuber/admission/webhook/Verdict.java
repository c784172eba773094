package io.kuber.admission.webhook;

import io.kuber.json.Json;
import io.kuber.json.MalformedException;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.custom.ConversionException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * What a webhook has answered.
 *
 * @param result why not, where it is not allowed
 * @param patch what is to be changed; empty for nothing
 * @param annotations for an audit log
 */
record Verdict(
    boolean isAllowed, Tree result, List<String> warnings, Items patch, Tree annotations) {
  private static final String KIND = "AdmissionReview";
  private static final String JSON_PATCH = "JSONPatch";

  /**
   * Reads an answer, and complains in the words of request/admissionreview.go when it is none.
   *
   * @param uid of the question
   * @param version of the review that was sent
   * @param mayPatch whether the webhook may change anything
   */
  static Verdict of(Tree answer, String uid, String version, boolean mayPatch) {
    Tree response = answer.tree("response");
    if (!answer.has("response")) {
      throw invalid("webhook response was absent");
    }
    boolean isOld = version.equals("v1beta1");
    if (!isOld) {
      checkType(answer, version);
      if (!response.text("uid").equals(uid)) {
        throw invalid(
            "expected response.uid=\"%s\", got \"%s\"".formatted(uid, response.text("uid")));
      }
    }
    return new Verdict(
        response.isTrue("allowed"),
        response.tree("result").isEmpty() ? response.tree("status") : response.tree("result"),
        response.items("warnings").texts(),
        patch(response, mayPatch, isOld),
        response.tree("auditAnnotations"));
  }

  private static void checkType(Tree answer, String version) {
    String wanted = "admission.k8s.io/" + version + ", Kind=" + KIND;
    String got = answer.text("apiVersion") + ", Kind=" + answer.text("kind");
    if (!got.equals(wanted)) {
      throw invalid("expected webhook response of " + wanted + ", got " + got);
    }
  }

  private static Items patch(Tree response, boolean mayPatch, boolean isOld) {
    String patch = response.text("patch");
    String type = response.text("patchType");
    if (!mayPatch || isOld && patch.isEmpty()) {
      if (!isOld && !(patch.isEmpty() && type.isEmpty())) {
        throw invalid(
            "validating webhook may not return response.patch" + (patch.isEmpty() ? "Type" : ""));
      }
      return Items.of();
    }
    if (patch.isEmpty() != type.isEmpty() && !isOld) {
      throw invalid(
          patch.isEmpty()
              ? "webhook returned response.patchType but not response.patch"
              : "webhook returned response.patch but not response.patchType");
    }
    if (!type.isEmpty() && !type.equals(JSON_PATCH)) {
      throw invalid("webhook returned invalid response.patchType of \"" + type + "\"");
    }
    return patch.isEmpty() ? Items.of() : decoded(patch);
  }

  private static Items decoded(String base64) {
    try {
      byte[] json = Base64.getDecoder().decode(base64);
      String wrapped = "{\"patch\":" + new String(json, StandardCharsets.UTF_8) + "}";
      return Json.parse(wrapped.getBytes(StandardCharsets.UTF_8)).items("patch");
    } catch (IllegalArgumentException | MalformedException malformed) {
      throw new ConversionException(
          "received undecodable patch in webhook response: " + malformed.getMessage());
    }
  }

  private static ConversionException invalid(String why) {
    return new ConversionException("received invalid webhook response: " + why);
  }
}
