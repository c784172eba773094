package io.kuber.resource.pod;

import io.kuber.object.Items;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What is wrong with the security context of a pod, and with the namespaces it shares. */
final class PodSecurityCheck {
  private static final int LONGEST_SYSCTL = 253;

  private static final String SYSCTL =
      "^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$";

  private static final Pattern SYSCTL_PATTERN = Pattern.compile(SYSCTL);

  private PodSecurityCheck() {}

  static void check(FieldPath path, Tree spec, Problems problems) {
    FieldPath field = path.child("securityContext");
    Tree context = spec.tree("securityContext");
    SecurityCheck.checkCommon(field, context, problems);
    if (context.has("fsGroup")) {
      SecurityCheck.checkId(field.child("fsGroup"), context.number(0, "fsGroup"), problems);
    }
    Items groups = context.items("supplementalGroups");
    for (int i = 0; i < groups.size(); i++) {
      if (groups.get(i) instanceof Number group) {
        SecurityCheck.checkId(
            field.child("supplementalGroups").index(i), group.longValue(), problems);
      }
    }
    if (spec.isTrue("shareProcessNamespace") && spec.isTrue("hostPID")) {
      problems.invalid(
          field.child("shareProcessNamespace"),
          true,
          "ShareProcessNamespace and HostPID cannot both be enabled");
    }
    checkSysctls(field.child("sysctls"), context, spec, problems);
    Numbers.checkOneOf(
        field, context, "fsGroupChangePolicy", List.of("Always", "OnRootMismatch"), problems);
    Numbers.checkOneOf(
        field, context, "supplementalGroupsPolicy", List.of("Merge", "Strict"), problems);
    checkHostUsers(path, spec, problems);
  }

  private static void checkSysctls(FieldPath path, Tree context, Tree spec, Problems problems) {
    Set<String> names = new HashSet<>();
    List<Tree> sysctls = context.items("sysctls").trees();
    for (int i = 0; i < sysctls.size(); i++) {
      String name = sysctls.get(i).text("name");
      FieldPath field = path.index(i).child("name");
      if (name.isEmpty()) {
        problems.required(field, "");
      } else if (name.length() > LONGEST_SYSCTL || !SYSCTL_PATTERN.matcher(name).matches()) {
        problems.invalid(
            field,
            name,
            "must have at most " + LONGEST_SYSCTL + " characters and match regex " + SYSCTL);
      } else if (!names.add(name)) {
        problems.duplicate(field, name);
      }
      checkShared(field, name.replace('/', '.'), spec, problems);
    }
  }

  private static void checkShared(FieldPath field, String name, Tree spec, Problems problems) {
    boolean ofIpc =
        name.startsWith("kernel.shm")
            || name.startsWith("kernel.msg")
            || name.equals("kernel.sem")
            || name.startsWith("fs.mqueue.");
    if (spec.isTrue("hostNetwork") && name.startsWith("net.")) {
      problems.invalid(field, name, "may not be specified when 'hostNetwork' is true");
    } else if (spec.isTrue("hostIPC") && ofIpc) {
      problems.invalid(field, name, "may not be specified when 'hostIPC' is true");
    }
  }

  private static void checkHostUsers(FieldPath path, Tree spec, Problems problems) {
    if (!Boolean.FALSE.equals(spec.get("hostUsers"))) {
      return;
    }
    String why = "when `pod.Spec.HostUsers` is false";
    if (spec.isTrue("hostNetwork")) {
      problems.forbidden(path.child("hostNetwork"), why);
    }
    if (spec.isTrue("hostPID")) {
      problems.forbidden(path.child("HostPID"), why);
    }
    if (spec.isTrue("hostIPC")) {
      problems.forbidden(path.child("HostIPC"), why);
    }
  }
}
