package io.kuber.controller.endpointslice;

import io.kuber.object.Items;
import io.kuber.object.KubeObject;

/**
 * What all endpoints of one slice have in common.
 *
 * @param addressType {@code IPv4} or {@code IPv6}
 */
record Group(String addressType, Items ports) {
  static Group of(KubeObject slice) {
    return new Group(slice.tree().text("addressType"), slice.tree().items("ports"));
  }
}
