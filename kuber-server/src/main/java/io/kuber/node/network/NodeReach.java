package io.kuber.node.network;

/**
 * Another node, as far as packets are concerned.
 *
 * @param address at which other machines reach it
 * @param pods the addresses of its pods
 */
public record NodeReach(String name, Ipv4 address, Ipv4Block pods) {}
