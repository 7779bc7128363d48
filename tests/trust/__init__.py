"""The book under faults: every file call that fails, killed processes, power cuts, full disks, damaged bytes."""
