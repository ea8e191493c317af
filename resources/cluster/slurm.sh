#!/bin/bash
# A catalogue on SLURM: sbatch slurm.sh PEOPLE GARMENTS RESULTS, in folders that all nodes share. Submitted again, it
# goes on where it stopped.
#SBATCH --job-name=tryon-catalogue
#SBATCH --nodes=4
#SBATCH --ntasks-per-node=1
#SBATCH --cpus-per-task=8
#SBATCH --mem=16G
#SBATCH --time=04:00:00
set -euo pipefail
export RAY_USAGE_STATS_ENABLED=0
if [ "$#" -ne 3 ]; then
    echo "usage: sbatch slurm.sh PEOPLE GARMENTS RESULTS" >&2
    exit 2
fi

head=$(scontrol show hostnames "$SLURM_JOB_NODELIST" | head -n 1)
address="$head:6379"
cores=$SLURM_CPUS_PER_TASK

srun --nodes=1 --ntasks=1 --overlap -w "$head" ray start --head --port=6379 --num-cpus="$cores" --block &
sleep 20
if [ "$SLURM_JOB_NUM_NODES" -gt 1 ]; then
    srun --nodes=$((SLURM_JOB_NUM_NODES - 1)) --ntasks=$((SLURM_JOB_NUM_NODES - 1)) --overlap --exclude="$head" \
        ray start --address="$address" --num-cpus="$cores" --block &
    sleep 20
fi

srun --nodes=1 --ntasks=1 --overlap -w "$head" \
    tryon batch --engine ray --address "$address" --workers $((SLURM_JOB_NUM_NODES * cores)) \
    --people "$1" --garments "$2" --out "$3"
