package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.MetadataCheck;
import io.kuber.resource.check.Names;
import io.kuber.resource.check.Numbers;
import io.kuber.resource.check.ResourcesCheck;
import io.kuber.resource.check.Texts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is wrong with the spec of a pod or of a template (pkg/apis/core/validation). */
public final class PodCheck {
  private PodCheck() {}

  /** Reports what is wrong with a complete spec. */
  public static void check(FieldPath path, Tree spec, Problems problems) {
    Map<String, Tree> volumes = VolumeCheck.check(path.child("volumes"), spec, problems);
    Set<String> claims = checkClaims(path.child("resourceClaims"), spec, problems);
    new ContainersCheck(path, spec, volumes, claims, problems).check();
    checkPodResources(path.child("resources"), spec, claims, problems);
    Numbers.checkOneOf(
        path, spec, "restartPolicy", List.of("Always", "OnFailure", "Never"), problems);
    DnsCheck.check(path, spec, problems);
    MetadataCheck.checkLabels(
        path.child("nodeSelector"), spec.tree("nodeSelector").texts(), problems);
    PodSecurityCheck.check(path, spec, problems);
    AffinityCheck.check(path.child("affinity"), spec.tree("affinity"), problems);
    SchedulingCheck.check(path, spec, problems);
    SpreadCheck.check(path.child("topologySpreadConstraints"), spec, problems);
    checkTimes(path, spec, problems);
    checkNames(path, spec, problems);
    ResourcesCheck.checkAmounts(path.child("overhead"), spec.tree("overhead"), problems);
    OsCheck.check(path, spec, problems);
  }

  private static Set<String> checkClaims(FieldPath path, Tree spec, Problems problems) {
    Set<String> names = new HashSet<>();
    List<Tree> claims = spec.items("resourceClaims").trees();
    for (int i = 0; i < claims.size(); i++) {
      FieldPath field = path.index(i);
      Tree claim = claims.get(i);
      String name = claim.text("name");
      Texts.checkSet(field, claim, "name", Names.LABEL, problems);
      if (!name.isEmpty() && !names.add(name)) {
        problems.duplicate(field.child("name"), name);
      }
      boolean direct = claim.has("resourceClaimName");
      boolean template = claim.has("resourceClaimTemplateName");
      if (direct && template) {
        problems.invalid(
            field,
            claim,
            "at most one of `resourceClaimName` or `resourceClaimTemplateName` may be specified");
      } else if (!direct && !template) {
        problems.invalid(
            field, claim, "must specify one of: `resourceClaimName`, `resourceClaimTemplateName`");
      }
      Texts.checkForm(field, claim, "resourceClaimName", Names.SUBDOMAIN, problems);
      Texts.checkForm(field, claim, "resourceClaimTemplateName", Names.SUBDOMAIN, problems);
    }
    return names;
  }

  private static void checkPodResources(
      FieldPath path, Tree spec, Set<String> claims, Problems problems) {
    if (spec.has("resources")) {
      ResourcesCheck.check(path, spec.tree("resources"), claims, problems);
    }
  }

  private static void checkTimes(FieldPath path, Tree spec, Problems problems) {
    Numbers.checkDeadline(path, spec, "activeDeadlineSeconds", problems);
    Numbers.checkOneOf(
        path, spec, "preemptionPolicy", List.of("PreemptLowerPriority", "Never"), problems);
  }

  private static void checkNames(FieldPath path, Tree spec, Problems problems) {
    Texts.checkForm(path, spec, "serviceAccountName", Names.SUBDOMAIN, problems);
    Texts.checkForm(path, spec, "nodeName", Names.SUBDOMAIN, problems);
    Texts.checkForm(path, spec, "hostname", Names.LABEL, problems);
    Texts.checkForm(path, spec, "subdomain", Names.LABEL, problems);
    Texts.checkForm(path, spec, "priorityClassName", Names.SUBDOMAIN, problems);
    Texts.checkForm(path, spec, "runtimeClassName", Names.SUBDOMAIN, problems);
  }
}
