package io.kuber.resource;

import static java.util.Map.entry;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How groups and versions rank in discovery where no APIService says otherwise: as kube-apiserver
 * ranks its own (pkg/controlplane/apiserver/aggregator.go), definitions behind them
 * (pkg/controlplane/controller/crdregistration), then metrics as metrics-server does.
 */
public final class GroupRanks {
  private static final long CUSTOM_GROUP = 1_000;
  private static final long CUSTOM_VERSION = 100;
  private static final long STABLE = 15;
  private static final long BETA = 8;

  /** Only what has no APIService, because it serves them, is above the core. */
  private static final Map<String, Long> GROUPS =
      Map.ofEntries(
          entry("apiregistration.k8s.io", 20_000L),
          entry("", 18_000L),
          entry("apps", 17_800L),
          entry("events.k8s.io", 17_750L),
          entry("authentication.k8s.io", 17_700L),
          entry("authorization.k8s.io", 17_600L),
          entry("autoscaling", 17_500L),
          entry("batch", 17_400L),
          entry("certificates.k8s.io", 17_300L),
          entry("networking.k8s.io", 17_200L),
          entry("policy", 17_100L),
          entry("rbac.authorization.k8s.io", 17_000L),
          entry("storage.k8s.io", 16_800L),
          entry("admissionregistration.k8s.io", 16_700L),
          entry("apiextensions.k8s.io", 16_700L),
          entry("scheduling.k8s.io", 16_600L),
          entry("coordination.k8s.io", 16_500L),
          entry("node.k8s.io", 16_300L),
          entry("discovery.k8s.io", 16_200L),
          entry("flowcontrol.apiserver.k8s.io", 16_100L),
          entry("internal.apiserver.k8s.io", 16_000L),
          entry("resource.k8s.io", 15_900L),
          entry("storagemigration.k8s.io", 15_800L),
          entry("metrics.k8s.io", 100L),
          entry("extensions", 1L));

  private static final Map<String, Long> VERSIONS =
      Map.of("/v1", 1L, "flowcontrol.apiserver.k8s.io/v1", 21L, "metrics.k8s.io/v1beta1", 100L);

  private static final Pattern VERSION = Pattern.compile("v(\\d{1,2})(?:(alpha|beta)(\\d{1,2}))?");

  private GroupRanks() {}

  /** The {@code groupPriorityMinimum} of a group. */
  public static long ofGroup(String group) {
    return GROUPS.getOrDefault(group, CUSTOM_GROUP);
  }

  /** The {@code versionPriority} of a version of a group: stable before beta before alpha. */
  public static long ofVersion(String group, String version) {
    Long known = VERSIONS.get(group + "/" + version);
    if (known != null) {
      return known;
    }
    Matcher parts = VERSION.matcher(version);
    if (!GROUPS.containsKey(group) || !parts.matches()) {
      return CUSTOM_VERSION;
    }
    String stage = parts.group(2);
    if (stage == null) {
      return STABLE * Math.max(1, Long.parseLong(parts.group(1)));
    }
    long number = Long.parseLong(parts.group(3));
    return stage.equals("beta") ? Math.min(STABLE - 1, BETA + number) : Math.max(1, number);
  }
}
