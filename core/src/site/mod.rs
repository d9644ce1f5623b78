//! What the operator wants: lines, mode, health check, LAN, management endpoints.
