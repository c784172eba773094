package io.kuber.resource.pod;

import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Paths;
import java.util.List;

/** What is wrong with a security context: what pods and their containers have in common. */
final class SecurityCheck {
  private static final List<String> SECCOMP = List.of("Localhost", "RuntimeDefault", "Unconfined");

  private SecurityCheck() {}

  static void checkContainer(FieldPath path, Tree context, Tree spec, Problems problems) {
    if (context.isEmpty()) {
      return;
    }
    checkCommon(path, context, problems);
    checkProcMount(path.child("procMount"), context, spec, problems);
    if (!Boolean.FALSE.equals(context.get("allowPrivilegeEscalation"))) {
      return;
    }
    if (context.isTrue("privileged")) {
      problems.invalid(
          path, context, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
    }
    if (context.items("capabilities", "add").contains("CAP_SYS_ADMIN")) {
      problems.invalid(
          path,
          context,
          "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
    }
  }

  private static void checkProcMount(FieldPath field, Tree context, Tree spec, Problems problems) {
    String mount = context.text("procMount");
    List<String> supported = List.of("Default", "Unmasked");
    if (context.has("procMount") && !supported.contains(mount)) {
      problems.notSupported(field, mount, supported);
    }
    if (mount.equals("Unmasked") && !Boolean.FALSE.equals(spec.get("hostUsers"))) {
      problems.invalid(field, mount, "`hostUsers` must be false to use `Unmasked`");
    }
  }

  /** Reports what is wrong with users, groups and profiles. */
  static void checkCommon(FieldPath path, Tree context, Problems problems) {
    for (String id : new String[] {"runAsUser", "runAsGroup"}) {
      if (context.has(id)) {
        checkId(path.child(id), context.number(0, id), problems);
      }
    }
    checkProfile(path.child("seccompProfile"), context, "seccompProfile", "seccomp", problems);
    checkProfile(path.child("appArmorProfile"), context, "appArmorProfile", "AppArmor", problems);
  }

  /** Reports a number that is no user and no group. */
  static void checkId(FieldPath field, long id, Problems problems) {
    if (id < 0 || id > Integer.MAX_VALUE) {
      problems.invalid(field, id, "must be between 0 and " + Integer.MAX_VALUE + ", inclusive");
    }
  }

  private static void checkProfile(
      FieldPath path, Tree context, String field, String what, Problems problems) {
    if (!context.has(field)) {
      return;
    }
    Tree profile = context.tree(field);
    String type = profile.text("type");
    FieldPath local = path.child("localhostProfile");
    if (type.isEmpty()) {
      problems.required(path.child("type"), "type is required when " + field + " is set");
    } else if (!SECCOMP.contains(type)) {
      problems.notSupported(path.child("type"), type, SECCOMP);
    }
    if (!type.equals("Localhost")) {
      if (profile.has("localhostProfile")) {
        problems.invalid(local, profile, "can only be set when " + what + " type is Localhost");
      }
    } else if (profile.text("localhostProfile").isEmpty()) {
      problems.required(local, "must be set when " + what + " type is Localhost");
    } else if (what.equals("seccomp")) {
      Paths.checkDescending(local, profile.text("localhostProfile"), problems);
    }
  }
}
