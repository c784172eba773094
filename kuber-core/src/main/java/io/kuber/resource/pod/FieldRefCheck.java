package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Amounts;
import io.kuber.resource.check.Names;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fields of a pod that its containers can read as variables and files. */
final class FieldRefCheck {
  private static final List<String> OF_ENV =
      List.of(
          "metadata.name",
          "metadata.namespace",
          "metadata.uid",
          "spec.nodeName",
          "spec.serviceAccountName",
          "status.hostIP",
          "status.hostIPs",
          "status.podIP",
          "status.podIPs");

  private static final List<String> OF_VOLUMES =
      List.of(
          "metadata.annotations",
          "metadata.labels",
          "metadata.name",
          "metadata.namespace",
          "metadata.uid");

  private static final List<String> RESOURCES =
      List.of(
          "limits.cpu",
          "limits.ephemeral-storage",
          "limits.memory",
          "requests.cpu",
          "requests.ephemeral-storage",
          "requests.memory");

  private static final String UNITS = "1, 1k, 1M, 1G, 1T, 1P, 1E, 1Ki, 1Mi, 1Gi, 1Ti, 1Pi, 1Ei";

  private static final Pattern SUBSCRIPTED = Pattern.compile("([^\\[]*)\\['([^']*)'\\]");

  private FieldRefCheck() {}

  static void checkOfEnv(FieldPath path, Tree reference, Problems problems) {
    check(path, reference, OF_ENV, problems);
  }

  static void checkOfVolume(FieldPath path, Tree reference, Problems problems) {
    check(path, reference, OF_VOLUMES, problems);
  }

  private static void check(FieldPath path, Tree reference, List<String> known, Problems problems) {
    String field = reference.text("fieldPath");
    if (field.isEmpty()) {
      problems.required(path.child("fieldPath"), "");
      return;
    }
    Matcher subscripted = SUBSCRIPTED.matcher(field);
    if (!subscripted.matches()) {
      if (!isKnown(field)) {
        problems.invalid(
            path.child("fieldPath"),
            field,
            "error converting fieldPath: field label not supported: " + field);
      } else if (!known.contains(field)) {
        problems.notSupported(path.child("fieldPath"), field, known);
      }
      return;
    }
    switch (subscripted.group(1)) {
      case "metadata.annotations" ->
          Names.checkKey(path, subscripted.group(2).toLowerCase(Locale.ROOT), problems);
      case "metadata.labels" -> Names.checkKey(path, subscripted.group(2), problems);
      default -> problems.invalid(path, subscripted.group(1), "does not support subscript");
    }
  }

  private static boolean isKnown(String field) {
    return OF_ENV.contains(field) || OF_VOLUMES.contains(field);
  }

  /** Reports what is wrong with a reference to what a container may use. */
  static void checkResource(FieldPath path, Tree reference, boolean ofVolume, Problems problems) {
    String resource = reference.text("resource");
    if (ofVolume && reference.text("containerName").isEmpty()) {
      problems.required(path.child("containerName"), "");
    } else if (resource.isEmpty()) {
      problems.required(path.child("resource"), "");
    } else if (!RESOURCES.contains(resource) && !isHugePages(resource)) {
      problems.notSupported(path.child("resource"), resource, RESOURCES);
    }
    Object divisor = reference.get("divisor");
    if (divisor != null && Amounts.of(divisor).filter(amount -> amount.signum() != 0).isPresent()) {
      checkDivisor(path.child("divisor"), resource, divisor.toString(), problems);
    }
  }

  private static boolean isHugePages(String resource) {
    return resource.startsWith("limits.hugepages-") || resource.startsWith("requests.hugepages-");
  }

  private static void checkDivisor(
      FieldPath field, String resource, String divisor, Problems problems) {
    if (resource.endsWith(".cpu")) {
      if (!divisor.equals("1") && !divisor.equals("1m")) {
        problems.invalid(
            field, resource, "only divisor's values 1m and 1 are supported with the cpu resource");
      }
    } else if (!List.of(UNITS.split(", ", -1)).contains(divisor)) {
      String what =
          resource.endsWith(".memory")
              ? "memory"
              : isHugePages(resource) ? "hugepages" : "local ephemeral storage";
      problems.invalid(
          field,
          resource,
          "only divisor's values " + UNITS + " are supported with the " + what + " resource");
    }
  }
}
