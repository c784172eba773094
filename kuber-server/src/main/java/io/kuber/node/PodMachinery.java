package io.kuber.node;

import io.kuber.container.ContainerRuntime;
import io.kuber.node.image.ImageStore;
import java.time.InstantSource;

/**
 * What pods are made with: one of each per node.
 *
 * @param runtime makes sandboxes and containers
 * @param images knows what a reference means
 * @param links connects pods to the network
 * @param objects reads what pods refer to
 * @param volumes keeps the data of persistent volumes
 */
public record PodMachinery(
    ContainerRuntime runtime,
    ImageStore images,
    PodLinks links,
    ClusterObjects objects,
    KeptVolumes volumes,
    NodeConfig config,
    InstantSource clock) {}
