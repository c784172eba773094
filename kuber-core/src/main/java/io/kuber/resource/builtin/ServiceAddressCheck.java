package io.kuber.resource.builtin;

import io.kuber.object.Items;
import io.kuber.object.Nil;
import io.kuber.object.Tree;
import io.kuber.resource.FieldPath;
import io.kuber.resource.Problems;
import io.kuber.resource.check.Addresses;
import io.kuber.resource.check.Numbers;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is wrong with the addresses of a service and their families
 * (ValidateServiceClusterIPsRelatedFields, and what the allocator of addresses refuses).
 */
final class ServiceAddressCheck {
  private static final FieldPath ADDRESSES = FieldPath.SPEC.child("clusterIPs");
  private static final FieldPath FAMILIES = FieldPath.SPEC.child("ipFamilies");
  private static final FieldPath POLICY = FieldPath.SPEC.child("ipFamilyPolicy");
  private static final String ONCE = "may not change once set";
  private static final int MOST = 2;

  private ServiceAddressCheck() {}

  /** Reports families that this cluster has no addresses of. */
  static void checkConfigured(Tree spec, Problems problems) {
    String policy = spec.text("ipFamilyPolicy");
    Items addresses = spec.items("clusterIPs");
    Items families = spec.items("ipFamilies");
    if (policy.equals(ServiceFamilies.SINGLE)) {
      String dual = "must be 'RequireDualStack' or 'PreferDualStack' when multiple ";
      if (addresses.size() == MOST) {
        problems.invalid(POLICY, policy, dual + "cluster IPs are specified");
      }
      if (families.size() == MOST) {
        problems.invalid(POLICY, policy, dual + "IP families are specified");
      }
    }
    if (ServiceFamilies.isHeadlessWithoutSelector(spec)) {
      return;
    }
    if (policy.equals(ServiceFamilies.REQUIRE_DUAL)) {
      problems.invalid(POLICY, policy, "this cluster is not configured for dual-stack services");
    }
    for (int i = 0; i < families.size(); i++) {
      if (!families.get(i).equals(ServiceFamilies.IPV6)) {
        continue;
      }
      boolean byAddress =
          i < addresses.size()
              && ServiceFamilies.familyOf(addresses.get(i).toString()).equals(ServiceFamilies.IPV6);
      if (byAddress) {
        problems.invalid(ADDRESSES.index(i), addresses, "IPv6 is not configured on this cluster");
      } else {
        problems.invalid(FAMILIES.index(i), ServiceFamilies.IPV6, "not configured on this cluster");
      }
    }
  }

  /** Reports what does not go together. */
  static void check(Tree spec, Problems problems) {
    List<String> addresses = spec.items("clusterIPs").texts();
    checkLink(spec.text("clusterIP"), spec.items("clusterIPs"), problems);
    checkFamilies(spec.items("ipFamilies").texts(), problems);
    Numbers.checkOneOf(
        FieldPath.SPEC,
        spec,
        "ipFamilyPolicy",
        List.of("PreferDualStack", ServiceFamilies.REQUIRE_DUAL, ServiceFamilies.SINGLE),
        problems);
    Problems malformed = new Problems();
    checkEach(addresses, spec.items("clusterIPs"), malformed);
    malformed.found().forEach(problems::add);
    if (addresses.size() > MOST) {
      problems.invalid(ADDRESSES, spec.items("clusterIPs"), "may only hold up to 2 values");
    }
    if (malformed.isEmpty()) {
      checkMatch(addresses, spec, problems);
    }
  }

  private static void checkLink(String address, Items addresses, Problems problems) {
    if (address.isEmpty()) {
      if (!addresses.isEmpty()) {
        problems.invalid(ADDRESSES, addresses, "must be empty when `clusterIP` is not specified");
      }
    } else if (addresses.isEmpty()) {
      problems.required(ADDRESSES, "");
    } else if (!addresses.get(0).equals(address)) {
      problems.invalid(ADDRESSES, addresses, "first value must match `clusterIP`");
    }
  }

  private static void checkFamilies(List<String> families, Problems problems) {
    List<String> known = List.of(ServiceFamilies.IPV4, ServiceFamilies.IPV6);
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < families.size(); i++) {
      if (!known.contains(families.get(i))) {
        problems.notSupported(FAMILIES.index(i), families.get(i), known);
      }
      if (!seen.add(families.get(i))) {
        problems.duplicate(FAMILIES.index(i), families.get(i));
      }
    }
  }

  private static void checkEach(List<String> addresses, Items all, Problems problems) {
    for (int i = 0; i < addresses.size(); i++) {
      if (i > 0 || !addresses.get(i).equals(ServiceFamilies.NONE)) {
        Addresses.check(ADDRESSES.index(i), addresses.get(i), problems);
      } else if (addresses.size() > 1) {
        problems.invalid(ADDRESSES, all, "'None' must be the first and only value");
      }
    }
  }

  private static void checkMatch(List<String> addresses, Tree spec, Problems problems) {
    if (ServiceFamilies.isHeadless(spec)) {
      return;
    }
    Set<String> kinds = new HashSet<>();
    addresses.forEach(address -> kinds.add(ServiceFamilies.familyOf(address)));
    if (addresses.size() > 1 && kinds.size() != MOST) {
      problems.invalid(
          ADDRESSES,
          spec.items("clusterIPs"),
          "may specify no more than one IP for each IP family");
    }
    List<String> families = spec.items("ipFamilies").texts();
    for (int i = 0; i < Math.min(addresses.size(), families.size()); i++) {
      if (!ServiceFamilies.familyOf(addresses.get(i)).equals(families.get(i))) {
        problems.invalid(
            ADDRESSES.index(i),
            addresses.get(i),
            "expected an " + families.get(i) + " value as indicated by `ipFamilies[" + i + "]`");
      }
    }
  }

  /** Reports addresses and families that changed; only the second of each may come and go. */
  static void checkUpdate(Tree updated, Tree old, Problems problems) {
    boolean both = ServiceChange.needsAddress(updated) && ServiceChange.needsAddress(old);
    boolean headless = ServiceFamilies.isHeadless(updated);
    boolean wasHeadless = ServiceFamilies.isHeadless(old);
    if (!both || headless && wasHeadless) {
      return;
    }
    checkKept(ADDRESSES, "clusterIP", "clusterIPs", updated, old, problems);
    if (headless == wasHeadless) {
      checkKept(FAMILIES, "ipFamily", "ipFamilies", updated, old, problems);
    }
  }

  private static void checkKept(
      FieldPath field, String one, String list, Tree updated, Tree old, Problems problems) {
    Items after = updated.items(list);
    Items before = old.items(list);
    Object shown = updated.has(list) ? after : Nil.NIL;
    if (after.isEmpty() && !before.isEmpty()) {
      problems.invalid(field.index(0), shown, "primary " + one + " can not be unset");
    }
    int most = before.size() == after.size() ? before.size() : 1;
    for (int i = 0; i < Math.min(most, Math.min(before.size(), after.size())); i++) {
      if (!before.get(i).equals(after.get(i))) {
        problems.invalid(field.index(i), shown, ONCE);
      }
    }
    String policy = updated.text("ipFamilyPolicy");
    boolean released = before.size() > 1 && after.size() == 1;
    if (released && !policy.equals(ServiceFamilies.SINGLE)) {
      problems.invalid(
          POLICY, policy, "must be set to 'SingleStack' when releasing the secondary " + one);
    }
  }
}
