/**
 * Cluster DNS: names of services and pods answered from a picture of the cluster, all other names
 * passed on to the machine's resolvers, or to those of a stub domain.
 *
 * <p>Place in the flow: beside step 10. Whoever knows services and endpoints builds a {@link
 * io.kuber.dns.DnsZone} and hands it to the {@link io.kuber.dns.DnsServer}; {@link
 * io.kuber.dns.DnsAnswers} is the pure brain between a question and the zone. Names and behaviour
 * follow the specification "Kubernetes DNS-Based Service Discovery" 1.1.0 and CoreDNS' defaults.
 *
 * <p>The message format is read and written here rather than by Netty's codec: answers need
 * compressed names, and what is passed on has to stay byte for byte what it was.
 *
 * <p>What others answer is remembered for as long as they say, half a minute at most.
 *
 * <p>Threads: the zone is immutable; the server has one event loop, and {@code update} may be
 * called from any thread.
 *
 * <p><b>Invariant:</b> a question that comes in gets one answer or none, never two; what waits for
 * other resolvers is bounded in number and time.
 *
 * <p>Start at {@link io.kuber.dns.DnsServer}.
 */
@NullMarked
package io.kuber.dns;

import org.jspecify.annotations.NullMarked;
