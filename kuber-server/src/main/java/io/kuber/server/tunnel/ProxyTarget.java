package io.kuber.server.tunnel;

import io.kuber.api.PodRef;

/**
 * Where a request is passed on to.
 *
 * @param port of the pod
 * @param host what the pod is told to be called
 * @param prefix the path by which clients reach the pod's root, without a slash at its end
 * @param path path and query at the pod, escaped
 */
public record ProxyTarget(PodRef pod, int port, String host, String prefix, String path) {}
