package io.milepost.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AdapterTest {
    @Test
    void aContextHandsInWhatAnAdapterNeeds() {
        AdapterContext context = AdapterContext.of(new EventSource("/engines/acme"), JourneyEventSink.noop())
                .settings(Map.of("tenants", "a,b"))
                .build();
        assertThat(context.source().uri()).isEqualTo("/engines/acme");
        assertThat(context.settings()).containsEntry("tenants", "a,b");
    }

    @Test
    void aContextsSinkNeverThrows() {
        AdapterContext context = AdapterContext.of(new EventSource("/engines/acme"), batch -> {
                    throw new IllegalStateException("no room");
                })
                .clock(InstantSource.system())
                .build();
        context.sink().emit(JourneyEventBatch.of());
        assertThat(context.sink().diagnostics().count(Diagnostics.FAILED_BATCHES))
                .isEqualTo(1);
    }

    @Test
    void theUserIsTheFirstThatAResolverCanTell() {
        UserResolver users = UserResolver.variable("customer").or(UserResolver.businessKey());
        assertThat(users.userOf(instance("key-1", Map.of("customer", 4711)))).isEqualTo("4711");
        assertThat(users.userOf(instance("key-1", Map.of()))).isEqualTo("key-1");
        assertThat(users.userOf(instance(null, Map.of()))).isNull();
    }

    @Test
    void aModellersWordComesBeforeTheBpmnElement() {
        assertThat(role("serviceTask", Map.of("milepost:channel", "sms")))
                .isEqualTo(new NodeClassifier.Role(NodeType.SEND, "sms"));
        assertThat(role("serviceTask", Map.of("milepost:type", "goal")))
                .isEqualTo(new NodeClassifier.Role(NodeType.GOAL, null));
        assertThat(role("exclusiveGateway", Map.of())).isEqualTo(new NodeClassifier.Role(NodeType.DECISION, null));
        assertThat(role("somethingNew", Map.of())).isEqualTo(new NodeClassifier.Role(NodeType.CUSTOM, null));
    }

    private static NodeClassifier.@Nullable Role role(String bpmnType, Map<String, String> properties) {
        return NodeClassifier.standard().classify(new NodeClassifier.Element() {
            @Override
            public String id() {
                return "n";
            }

            @Override
            public String bpmnType() {
                return bpmnType;
            }

            @Override
            public @Nullable String property(String name) {
                return properties.get(name);
            }
        });
    }

    private static UserResolver.Instance instance(@Nullable String businessKey, Map<String, Object> variables) {
        return new UserResolver.Instance() {
            @Override
            public String id() {
                return "i";
            }

            @Override
            public String journeyId() {
                return "j";
            }

            @Override
            public @Nullable String businessKey() {
                return businessKey;
            }

            @Override
            public @Nullable Object variable(String name) {
                return variables.get(name);
            }
        };
    }
}
