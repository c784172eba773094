package io.kuber.container;

import java.util.List;
import java.util.Set;

/**
 * What a container may do.
 *
 * @param capabilities the capabilities of root in it; ignored when privileged
 * @param privileged whether it has all rights of the machine's root
 * @param noNewPrivileges whether set-user-id programs give no rights
 * @param seccomp which system calls it may make; ignored when privileged
 * @param readOnlyRoot whether its root file system cannot be written to
 * @param unmasked whether {@code /proc} and {@code /sys} hide nothing and let it write where its
 *     user may: for containers with users of their own
 * @param devices of the machine that it may use beyond the harmless ones; all when privileged
 */
public record Security(
    Set<Capability> capabilities,
    boolean privileged,
    boolean noNewPrivileges,
    CallFilter seccomp,
    boolean readOnlyRoot,
    boolean unmasked,
    List<Device> devices) {
  /** What containerd gives a container that asks for nothing, and the default filter. */
  public static final Security DEFAULT =
      new Security(Capability.DEFAULT, false, false, CallFilter.STANDARD, false, false);

  public Security {
    capabilities = Set.copyOf(capabilities);
    devices = List.copyOf(devices);
  }

  /** With the harmless devices only. */
  public Security(
      Set<Capability> capabilities,
      boolean privileged,
      boolean noNewPrivileges,
      CallFilter seccomp,
      boolean readOnlyRoot,
      boolean unmasked) {
    this(capabilities, privileged, noNewPrivileges, seccomp, readOnlyRoot, unmasked, List.of());
  }

  public Security withCapabilities(Set<Capability> set) {
    return new Security(set, privileged, noNewPrivileges, seccomp, readOnlyRoot, unmasked, devices);
  }

  public Security withPrivileged() {
    return new Security(
        capabilities, true, noNewPrivileges, seccomp, readOnlyRoot, unmasked, devices);
  }

  public Security withNoNewPrivileges() {
    return new Security(capabilities, privileged, true, seccomp, readOnlyRoot, unmasked, devices);
  }

  public Security withSeccomp(CallFilter filter) {
    return new Security(
        capabilities, privileged, noNewPrivileges, filter, readOnlyRoot, unmasked, devices);
  }

  public Security withoutSeccomp() {
    return withSeccomp(CallFilter.NONE);
  }

  public Security withReadOnlyRoot() {
    return new Security(
        capabilities, privileged, noNewPrivileges, seccomp, true, unmasked, devices);
  }

  public Security withUnmasked() {
    return new Security(
        capabilities, privileged, noNewPrivileges, seccomp, readOnlyRoot, true, devices);
  }

  public Security withDevices(List<Device> list) {
    return new Security(
        capabilities, privileged, noNewPrivileges, seccomp, readOnlyRoot, unmasked, list);
  }
}
