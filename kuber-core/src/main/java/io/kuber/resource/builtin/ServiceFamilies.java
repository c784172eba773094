package io.kuber.resource.builtin;

import com.google.common.net.InetAddresses;
import io.kuber.object.Items;
import io.kuber.object.Tree;
import java.net.Inet4Address;
import java.util.List;

/**
 * The families of a service's addresses as far as its user left them open; a cluster has addresses
 * of IPv4 only (pkg/registry/core/service/storage, initIPFamilyFields).
 */
final class ServiceFamilies {
  static final String NONE = "None";
  static final String SINGLE = "SingleStack";
  static final String REQUIRE_DUAL = "RequireDualStack";
  static final String IPV4 = "IPv4";
  static final String IPV6 = "IPv6";

  private ServiceFamilies() {}

  /** Whether the service has no address of its own. */
  static boolean isHeadless(Tree spec) {
    return spec.items("clusterIPs").texts().equals(List.of(NONE));
  }

  /** Whether others say which addresses belong to the service, of whatever family. */
  static boolean isHeadlessWithoutSelector(Tree spec) {
    return isHeadless(spec) && spec.tree("selector").isEmpty();
  }

  /** The family of an address; what is none counts as IPv6, and validation refuses it. */
  static String familyOf(String address) {
    return InetAddresses.isInetAddress(address)
            && InetAddresses.forString(address) instanceof Inet4Address
        ? IPV4
        : IPV6;
  }

  /**
   * The spec with policy and families.
   *
   * @param old the spec there was; empty for a new service
   */
  static Tree completed(Tree spec, Tree old) {
    if (spec.text("type").equals("ExternalName")) {
      return spec;
    }
    String policy = policy(spec, old);
    Tree complete = spec.with("ipFamilyPolicy", policy);
    if (policy.equals(SINGLE) && !old.isEmpty()) {
      complete = withoutSecond(withoutSecond(complete, old, "clusterIPs"), old, "ipFamilies");
    }
    return complete.with("ipFamilies", families(complete, policy));
  }

  private static String policy(Tree spec, Tree old) {
    if (!spec.text("ipFamilyPolicy").isEmpty()) {
      return spec.text("ipFamilyPolicy");
    }
    if (!old.text("ipFamilyPolicy").isEmpty()) {
      return old.text("ipFamilyPolicy");
    }
    return isHeadlessWithoutSelector(spec) ? REQUIRE_DUAL : SINGLE;
  }

  /** Who asks for one family and leaves the list as it was means the first one. */
  private static Tree withoutSecond(Tree spec, Tree old, String list) {
    Items items = spec.items(list);
    return items.size() > 1 && items.equals(old.items(list))
        ? spec.with(list, Items.of(items.get(0)))
        : spec;
  }

  private static Items families(Tree spec, String policy) {
    Items families = spec.items("ipFamilies");
    if (!isHeadless(spec)) {
      List<String> addresses = spec.items("clusterIPs").texts();
      for (int i = families.size(); i < addresses.size(); i++) {
        families = families.plus(familyOf(addresses.get(i)));
      }
    }
    if (families.isEmpty()) {
      families = Items.of(IPV4);
    }
    boolean both = isHeadlessWithoutSelector(spec) && !policy.equals(SINGLE);
    return both && families.size() == 1
        ? families.plus(families.contains(IPV4) ? IPV6 : IPV4)
        : families;
  }
}
